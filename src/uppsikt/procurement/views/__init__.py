"""Views of procurement: lists, forms, open data."""
