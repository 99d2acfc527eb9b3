"""Views of internal control and audit."""
