"""Stored files by content hash: what was sent in is known by what it is, never by what it is called."""
