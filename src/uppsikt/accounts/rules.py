"""Keys for programs, without a database."""

from __future__ import annotations

import hashlib


def token_digest(token: str) -> str:
    """What is stored of an API key. The key has 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
