"""What a plan is written with. Every form carries the version it started from."""
