"""Pages of procurement and purchases."""
