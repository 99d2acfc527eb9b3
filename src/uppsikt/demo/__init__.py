"""The example municipality: a dataset that comes along, its people's sign-ins, and loading it."""
