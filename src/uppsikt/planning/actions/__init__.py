"""Writing plans, goals, indicators and assignments. Every function is idempotent and has an author."""
