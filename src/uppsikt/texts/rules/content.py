"""What a structured text holds: its faults, its pictures and live figures, its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uppsikt.kernel.problems import Problem, Where
from uppsikt.texts.rules.nodes import normalise
from uppsikt.typeset.payload import Inline, Node

MAX_CHARACTERS = 200_000  # some eighty printed pages in one text


def validate(data: object) -> list[Problem]:
    """What keeps this from being saved: not structured text, a picture nobody has described, or too much."""
    if not isinstance(data, list):
        return [_fault("form", "Texten har inte rätt form.")]
    nodes = normalise(data)
    problems = []
    if nodes != data:
        problems.append(_fault("form", "Texten innehåller delar som inte kan sparas."))
    problems += [
        _fault(
            "alt",
            f"Bild {number} saknar beskrivning.",
            "Skriv vad bilden visar, så att den som inte ser den också får veta det.",
        )
        for number, image in enumerate(images(nodes), 1)
        if not image["alt"]
    ]
    if len(text_of(nodes)) > MAX_CHARACTERS:
        problems.append(_fault("length", "Texten är för lång.", "Dela upp den på flera kapitel."))
    return problems


def _fault(code: str, message: str, remedy: str = "") -> Problem:
    return Problem(code, Where(field="content"), message, remedy)


def walk(nodes: list[Node]) -> Iterator[Node]:
    """Every node, outermost first, in reading order."""
    for node in nodes:
        yield node
        match node["type"]:
            case "bullet_list" | "ordered_list":
                for item in node["items"]:
                    yield from walk(item)
            case "quote":
                yield from walk(node["children"])
            case _:
                pass


def runs(nodes: list[Node]) -> Iterator[list[Inline]]:
    """Every piece of running text (a paragraph, a heading, a cell, a footnote), in reading order."""
    for node in walk(nodes):
        match node["type"]:
            case "paragraph" | "heading":
                found = [node["children"]]
            case "table":
                found = [cell for row in [node["header"], *node["rows"]] for cell in row]
            case _:
                continue
        for run in found:
            yield run
            yield from (inline["children"] for inline in run if inline["type"] == "footnote")


def images(nodes: list[Node]) -> list[dict[str, str]]:
    """The pictures in reading order: file (SHA-256), alt and caption of each."""
    return [
        {"file": node["file"], "alt": node["alt"], "caption": node.get("caption", "")}
        for node in walk(nodes)
        if node["type"] == "image"
    ]


def figure_keys(nodes: list[Node]) -> list[str]:
    """The live figures the text asks for, each once, in reading order."""
    keys = (inline["key"] for run in runs(nodes) for inline in run if inline["type"] == "figure")
    return list(dict.fromkeys(keys))


def resolve_figures(
    nodes: list[Node], values: Mapping[str, tuple[str, str | None]], *, missing: str = "[okänd siffra: {key}]"
) -> list[Node]:
    """A copy of the text with each live figure's value in words.

    Args: values: for each key the printed text and the key of its origin, if it has one.
        missing: what stands for a figure that is not among the values.
    """

    def run(given: list[Inline]) -> list[Inline]:
        return [inline(piece) for piece in given]

    def inline(piece: Inline) -> Inline:
        if piece["type"] == "footnote":
            return {"type": "footnote", "children": run(piece["children"])}
        if piece["type"] != "figure":
            return piece
        text, origin = values.get(piece["key"], (missing.format(key=piece["key"]), None))
        return {"type": "figure", "key": piece["key"], "text": text, "origin": origin}

    def node(given: Node) -> Node:
        match given["type"]:
            case "paragraph":
                return {"type": "paragraph", "children": run(given["children"])}
            case "heading":
                return {"type": "heading", "level": given["level"], "children": run(given["children"])}
            case "bullet_list" | "ordered_list" as kind:
                return {"type": kind, "items": [[node(child) for child in item] for item in given["items"]]}
            case "quote":
                return {"type": "quote", "children": [node(child) for child in given["children"]]}
            case "table":
                header, *rows = [[run(cell) for cell in row] for row in [given["header"], *given["rows"]]]
                return {"type": "table", "header": header, "rows": rows, "caption": given.get("caption", "")}
            case _:
                return given

    return [node(given) for given in nodes]


def text_of(nodes: list[Node]) -> str:
    """All words of the text without form, paragraphs on lines of their own. For search and counting."""
    return "\n".join(filter(None, (_run_text(run) for run in runs(nodes))))


def _run_text(run: list[Inline]) -> str:
    parts = []
    for inline in run:
        match inline["type"]:
            case "text" | "link":
                parts.append(inline["text"])
            case "figure":
                parts.append(inline["text"] or f"[[{inline['key']}]]")
            case "break":
                parts.append(" ")
            case _:
                continue  # a footnote is a run of its own
    return "".join(parts)


def words(nodes: list[Node]) -> int:
    """How many words the text has, tables and footnotes included."""
    return len(text_of(nodes).split())


def is_empty(nodes: list[Node]) -> bool:
    """Whether nothing has been written."""
    return not nodes
