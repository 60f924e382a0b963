"""Requests that follow one another in lists, in one go or with a turn: one is set apart from the next."""
