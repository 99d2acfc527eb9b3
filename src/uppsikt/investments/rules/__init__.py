"""Rules of projects: kinds of amounts, sums of them, how far a project has come. Pure functions on öre."""
