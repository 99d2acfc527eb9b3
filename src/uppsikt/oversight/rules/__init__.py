"""Oversight: how a body is judged to stand, and what is wrong with its steering."""
