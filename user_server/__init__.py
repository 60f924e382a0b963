"""Customers: their profiles, on the database that the monolith owns, and signing in."""
