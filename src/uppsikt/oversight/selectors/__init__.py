"""Reading all bodies side by side."""
