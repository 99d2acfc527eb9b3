"""SIE 1-4: reading, checking, staging and writing (SIE filformat, utgåva 4B, 2008-09-30)."""
