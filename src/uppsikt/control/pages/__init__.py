"""What the pages of internal control and audit show."""
