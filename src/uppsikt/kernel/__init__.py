"""Arithmetic, calendar and text forms that know nothing of Django or of the database."""
