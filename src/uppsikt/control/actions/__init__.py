"""Writing of internal control and audit."""
