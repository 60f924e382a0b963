"""Compiles conditions to tests over responses; what is not understood in full is asked about."""
