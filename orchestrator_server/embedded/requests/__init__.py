"""What each clause asks for: one intent, one of two, something ruled out, or nothing."""
