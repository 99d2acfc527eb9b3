"""All bodies side by side, and the lint of the steering."""
