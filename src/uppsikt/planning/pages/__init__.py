"""What the pages of planning show, ready for print."""
