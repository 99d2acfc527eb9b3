"""Views of procurement."""
