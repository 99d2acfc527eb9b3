"""Structured text in words and lines, for a reader who compares two versions. Not meant to be read back."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.typeset.payload import Inline, Node


def to_reading(nodes: list[Node], figures: Mapping[str, str] | None = None) -> str:
    """Each paragraph, heading, list item and table row on a line of its own.

    Bold and italic keep their stars, so that a change of form alone can be seen. Args: figures: today's value
    of each live figure, shown instead of its key.
    """
    return "\n".join(line for node in nodes for line in _lines(node, figures or {}))


def _lines(node: Node, figures: Mapping[str, str]) -> list[str]:
    match node["type"]:
        case "paragraph":
            return _run(node["children"], figures).split("\n")
        case "heading":
            return [f"Rubrik: {_run(node['children'], figures)}"]
        case "bullet_list" | "ordered_list" as kind:
            lines = []
            for number, item in enumerate(node["items"], 1):
                mark = "•" if kind == "bullet_list" else f"{number}."
                first, *rest = [line for child in item for line in _lines(child, figures)] or [""]
                lines += [f"{mark} {first}", *(f"\u2003{line}" for line in rest)]
            return lines
        case "quote":
            return [f"”{line}”" for child in node["children"] for line in _lines(child, figures)]
        case "table":
            caption = node.get("caption", "")
            rows = [node["header"], *node["rows"]]
            return [
                f"Tabell: {caption}" if caption else "Tabell",
                *(" | ".join(_run(cell, figures).replace("\n", " / ") for cell in row) for row in rows),
            ]
        case "image":
            caption = node.get("caption", "")
            return [f"Bild: {node['alt']}" + (f" (bildtext: {caption})" if caption else "")]


def _run(run: list[Inline], figures: Mapping[str, str]) -> str:
    parts = []
    for inline in run:
        match inline["type"]:
            case "text":
                marks = inline.get("marks") or []
                stars = "*" * (2 * ("bold" in marks) + ("italic" in marks))
                parts.append(f"{stars}{inline['text']}{stars}")
            case "link":
                parts.append(f"{inline['text']} ({inline['href']})")
            case "footnote":
                parts.append(f" (fotnot: {_run(inline['children'], figures)})")
            case "break":
                parts.append("\n")
            case "figure":
                parts.append(inline["text"] or figures.get(inline["key"], f"[[{inline['key']}]]"))
    return "".join(parts)
