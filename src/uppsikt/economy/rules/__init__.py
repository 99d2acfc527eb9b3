"""The economy's arithmetic: what a table is, how its cells are worked out, how a budget is spread over a year."""
