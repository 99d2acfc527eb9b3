"""The one mechanism for what must be done: responsibility, status per round, comment, carry-over."""
