"""What is politely refused: other people's data, other rules, talk for its own sake."""
