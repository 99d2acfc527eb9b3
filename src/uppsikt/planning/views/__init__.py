"""The addresses of planning: access first, then one page or one action."""
