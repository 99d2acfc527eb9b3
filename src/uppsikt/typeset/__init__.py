"""A frozen report payload in, bytes out: PDF, Word, Excel and one self-contained HTML file.

Nothing here computes a figure, reads a database or knows Django. What a report says is decided before
it comes here (`uppsikt.reports`); this package decides only how it looks.
"""
