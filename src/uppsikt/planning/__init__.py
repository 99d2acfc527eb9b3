"""What is steered by: goals, indicators with targets, and assignments; planned, reported and assessed."""
