"""Rules of internal control and audit. Pure functions: data in, results out."""
