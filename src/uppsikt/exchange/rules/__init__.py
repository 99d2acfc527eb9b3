"""The dataset's tables, how they are read, checked and written. No database here."""
