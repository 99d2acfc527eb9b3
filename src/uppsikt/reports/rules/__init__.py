"""What a report says and how it changes, as pure functions."""
