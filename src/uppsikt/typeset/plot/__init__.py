"""Drawings of money, placed once for pages and reports: what stands where, in plain marks, for any width.

`parts` are the marks, and each kind has its module. A page prints the marks as SVG in its theme's colours
(`web.plots`), a report hands them to its engine (`typeset.plot_spec`).
"""
