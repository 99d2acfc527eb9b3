"""The report's colours: a few neutrals, the five status colours and the municipality's own accent."""

from __future__ import annotations

INK = "#1b2228"
MUTED = "#5a6670"
RULE = "#d3d8dc"
HAIR = "#e6e9ec"
PAPER = "#ffffff"
DEFAULT_ACCENT = "#0b5563"

STATUS = {
    "good": "#1a6b4a",
    "fair": "#2b6a86",
    "warn": "#9a5b00",
    "bad": "#b02a2a",
    "neutral": MUTED,
}

STATUS_DARK = {
    "good": "#63c79b",
    "fair": "#7dbcd8",
    "warn": "#e0a64a",
    "bad": "#f08a84",
    "neutral": "#a3adb5",
}


def _channels(colour: str) -> tuple[float, float, float]:
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 black to 1 white.

    Source: WCAG 2.1, definition of relative luminance.
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio between two colours, 1 to 21. Text needs 4.5."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """`share` of the first colour, the rest of the second."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{int((a * share + b * (1 - share)) * 255 + 0.5):02x}" for a, b in pairs)


def readable(colour: str, on: str, least: float = 4.5) -> str:
    """The colour itself, or a darker or lighter one of the same hue, so that text in it can be read."""
    towards = "#000000" if luminance(on) > 0.4 else "#ffffff"
    for step in range(21):
        candidate = mix(towards, colour, step / 20)
        if contrast(candidate, on) >= least:
            return candidate
    return towards


def accent_of(accent: str | None) -> str:
    """The accent to print with: the municipality's own, darkened where white text would not be readable."""
    return readable((accent or DEFAULT_ACCENT).lower(), PAPER, 5.0)


def accent_on_dark(accent: str | None) -> str:
    """The accent on a dark page."""
    return readable((accent or DEFAULT_ACCENT).lower(), "#15191d", 6.0)


def status_colour(name: str, accent: str) -> str:
    return accent if name == "accent" else STATUS[name]
