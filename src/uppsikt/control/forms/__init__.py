"""Forms of internal control and audit."""
