"""What the desk decides by, without a database."""
