"""What a shop starts with: read from JSON (the format is in SEED.md), checked as a whole, loaded in one transaction."""
