"""Conditions in other words than "if", branches and answers: put as plain cases."""
