"""What happened, when and by whom: append-only, hash-chained, never rebuilt from other rows."""
