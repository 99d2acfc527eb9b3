"""The fiscal year: the steering model it is steered by, and its reporting rounds."""
