"""Writing reports: the report itself, its outline and texts, and its adoption."""
