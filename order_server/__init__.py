"""Orders: shows, places, cancels and takes them back. Works on the database that the monolith owns."""
