"""What is asked instead of guessed: two that fit, what is only half said, what comes near."""
