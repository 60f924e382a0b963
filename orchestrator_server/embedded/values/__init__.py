"""Fills the parameters of an intent from the words of a request."""
