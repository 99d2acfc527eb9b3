"""Safe structured texts: written in an editor, autosaved, superseded and never lost when two write at once."""
