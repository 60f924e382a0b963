"""Scores planners over labelled messages. Run: make eval, or python -m evaluation --help."""
