"""What spans everything for one person: my page, search, the history and my account."""
