"""Puts ways of saying something into the plainest words, before anything is understood."""
