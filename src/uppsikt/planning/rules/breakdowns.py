"""How a breakdown is written: "gender=women,age=-29". Empty is the total."""

from __future__ import annotations


def ordered(breakdown: str) -> str | None:
    """The breakdown with its parts in the one order they are kept in, so that it has one name only.

    Returns: None when it is no breakdown: a part without dimension or value, or a dimension twice.
    """
    if not breakdown.strip():
        return ""
    pairs = [part.strip().partition("=") for part in breakdown.split(",")]
    dimensions = {dimension for dimension, _sign, _value in pairs}
    if len(dimensions) < len(pairs) or not all(dimension and value for dimension, _sign, value in pairs):
        return None
    return ",".join(sorted("".join(pair) for pair in pairs))
