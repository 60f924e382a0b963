"""Parcels: where they are, when they arrive, where they go. Works on the database that the monolith owns."""
