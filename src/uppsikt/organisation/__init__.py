"""Bodies, the units under them, and who may do what where. Everything is valid between dates."""
