"""Identity: who signs in. Knows nothing of bodies or roles."""
