"""Views of investments."""
