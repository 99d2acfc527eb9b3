"""Structured text as plain text: for a field without JavaScript, for datasets and for comparing.

Blank lines part paragraphs; a line break inside one is kept. `## ` and `### ` begin headings, `- ` and `1. `
lists (nested by two spaces), `> ` quotes, `| a | b |` tables (the first row is the head, a line `: text`
below is the caption). `**bold**`, `*italic*`, `[text](https://…)`, `[[figure_key]]`, `^[footnote]`,
`![what the picture shows](sha256:… "caption")`. A backslash takes away the meaning of the sign after it.

What these signs cannot say is written as JSON, so that writing out and reading in loses nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from uppsikt.texts.rules.nodes import FIGURE, heading_level, normalise, safe_href
from uppsikt.typeset.payload import Inline, Node

_JSON_START = '[{"type":'
_SPECIAL = '\\*[]()^!|<>#-+.:•"'
_ESCAPE = re.compile(r"\\([" + re.escape(_SPECIAL) + r"])")
_HEADING = re.compile(r" ?(#{1,4}) +(.*)\Z")
_BULLET = re.compile(r" ?[-*•] +(.*)\Z")
_NUMBER = re.compile(r" ?(\d{1,3})[.)] +(.*)\Z")
_QUOTE = re.compile(r" ?> ?(.*)\Z")
_ROW = re.compile(r" ?\|(.*)\|\Z")
_RULE = re.compile(r" ?\|(?: *:?-{3,}:? *\|)+\Z")
_CAPTION = re.compile(r" ?: +(.*)\Z")
_IMAGE = re.compile(r' ?!\[((?:\\.|[^\\\]])*)\]\(sha256:([0-9a-f]{64})(?: "((?:\\.|[^\\"])*)")?\)\Z')
_LINK = re.compile(r"\[((?:\\.|[^\\\[\]])+)\]\(([^\s()]+)\)")
_INDENT = "  "
_MAX_DEPTH = 20


# --- reading ---------------------------------------------------------------------------------------------


def from_plain(text: str) -> list[Node]:
    """The structured text that plain text says. Any text will do; nothing is refused."""
    given = text.replace("\r\n", "\n").replace("\r", "\n")
    if given.lstrip().startswith(_JSON_START):
        try:
            return normalise(json.loads(given))
        except (ValueError, RecursionError):
            pass  # it only looked like JSON
    return normalise(list(_blocks([line.rstrip() for line in given.split("\n")], 0)))


def _blocks(lines: list[str], depth: int) -> Iterator[dict[str, Any]]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif depth < _MAX_DEPTH and (taken := _block(lines, at, depth)) is not None:
            node, at = taken
            yield node
        else:
            end = at + 1
            while end < len(lines) and lines[end].strip() and not _begins_block(lines[end]):
                end += 1
            yield {"type": "paragraph", "children": _lines(lines[at:end])}
            at = end


def _begins_block(line: str) -> bool:
    number = _NUMBER.match(line)
    return bool(
        _HEADING.match(line)
        or _BULLET.match(line)
        or (number and number[1] == "1")
        or _QUOTE.match(line)
        or _ROW.match(line)
        or _IMAGE.match(line)
    )


def _block(lines: list[str], at: int, depth: int) -> tuple[dict[str, Any], int] | None:
    line = lines[at]
    if found := _HEADING.match(line):
        level = heading_level(len(found[1]) + 1)
        return {"type": "heading", "level": level, "children": _inline(found[2])}, at + 1
    if found := _IMAGE.match(line):
        alt, digest, caption = _unescape(found[1]), found[2], _unescape(found[3] or "")
        return {"type": "image", "file": digest, "alt": alt, "caption": caption}, at + 1
    if _BULLET.match(line):
        return _list("bullet_list", _BULLET.match, lines, at, depth)
    if (found := _NUMBER.match(line)) and found[1] == "1":
        return _list("ordered_list", _NUMBER.match, lines, at, depth)
    if _QUOTE.match(line):
        end = at
        quoted = []
        while end < len(lines) and (found := _QUOTE.match(lines[end])):
            quoted.append(found[1])
            end += 1
        return {"type": "quote", "children": list(_blocks(quoted, depth + 1))}, end
    if _ROW.match(line):
        return _table(lines, at)
    return None


def _list(
    kind: str, marker: Callable[[str], re.Match[str] | None], lines: list[str], at: int, depth: int
) -> tuple[dict[str, Any], int]:
    items: list[list[str]] = []
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            following = next((given for given in lines[at + 1 :] if given.strip()), "")
            if not (following.startswith(_INDENT) or marker(following)):
                break
            if items:
                items[-1].append("")
            at += 1
        elif items and line.startswith(_INDENT):
            items[-1].append(line.removeprefix(_INDENT))
            at += 1
        elif found := marker(line):
            items.append([found[found.re.groups]])
            at += 1
        else:
            break
    return {"type": kind, "items": [list(_blocks(item, depth + 1)) for item in items]}, at


def _table(lines: list[str], at: int) -> tuple[dict[str, Any], int]:
    rows = []
    while at < len(lines) and (found := _ROW.match(lines[at])):
        if not _RULE.match(lines[at]):
            rows.append([_inline(cell, breaks=True) for cell in _cells(found[1])])
        at += 1
    caption = ""
    if at < len(lines) and (found := _CAPTION.match(lines[at])):
        caption = _unescape(found[1])
        at += 1
    header, *body = rows or [[]]
    return {"type": "table", "header": header, "rows": body, "caption": caption}, at


def _cells(text: str) -> list[str]:
    return [part.replace("\0", "\\|") for part in text.replace("\\\\", "\1").replace("\\|", "\0").split("|")]


def _lines(lines: list[str]) -> list[dict[str, Any]]:
    children: list[dict[str, Any]] = []
    for index, line in enumerate(lines):
        children += [{"type": "break"}] if index else []
        children += _inline(line.strip())
    return children


def _unescape(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)


def _inline(
    text: str, marks: tuple[str, ...] = (), *, breaks: bool = False, depth: int = 0
) -> list[dict[str, Any]]:
    text = text.replace("\1", "\\\\")
    found: list[dict[str, Any]] = []
    plain: list[str] = []

    def end_run() -> None:
        if plain:
            found.append({"type": "text", "text": "".join(plain), "marks": list(marks)})
            plain.clear()

    at = 0
    while at < len(text):
        taken = _special(text, at, marks, breaks=breaks, depth=depth) if depth < _MAX_DEPTH else None
        if taken is not None:
            pieces, at = taken
            if pieces and pieces[0]["type"] == "literal":
                plain.append(pieces[0]["text"])
            else:
                end_run()
                found += pieces
        else:
            plain.append(text[at])
            at += 1
    end_run()
    return found


def _special(
    text: str, at: int, marks: tuple[str, ...], *, breaks: bool, depth: int
) -> tuple[list[dict[str, Any]], int] | None:
    """What begins at this sign, and where it ends; None when the sign is only itself."""
    match text[at]:
        case "\\" if found := _ESCAPE.match(text, at):
            # A token that was escaped must not be put together again by the canonical form.
            return [{"type": "literal", "text": found[1]}], found.end()
        case "[" if found := FIGURE.match(text, at):
            return [{"type": "figure", "key": found[1]}], found.end()
        case "[" if (found := _LINK.match(text, at)) and safe_href(found[2]):
            return [{"type": "link", "href": found[2], "text": _unescape(found[1])}], found.end()
        case "^" if text.startswith("^[", at) and (end := _closing(text, at + 2)):
            children = _inline(text[at + 2 : end], depth=depth + 1)
            return [{"type": "footnote", "children": children}], end + 1
        case "<" if breaks and text.startswith("<br>", at):
            return [{"type": "break"}], at + 4
        case "*":
            return _emphasis(text, at, marks, breaks=breaks, depth=depth)
        case _:
            return None


def _closing(text: str, at: int) -> int:
    """Where the bracket that was opened before `at` closes; 0 when it does not."""
    level = 1
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == "[":
            level += 1
        elif sign == "]":
            level -= 1
            if not level:
                return at
        at += 1
    return 0


_STARS: dict[int, tuple[str, ...]] = {1: ("italic",), 2: ("bold",), 3: ("bold", "italic")}


def _emphasis(
    text: str, at: int, marks: tuple[str, ...], *, breaks: bool, depth: int
) -> tuple[list[dict[str, Any]], int] | None:
    run = re.compile(r"\*+").match(text, at)
    count = len(run[0]) if run else 0
    added = _STARS.get(count, ())
    if not added or set(added) & set(marks):
        return None
    begin = at + count
    before = text[at - 1] if at else " "
    if text[begin : begin + 1] in ("", " ") or (count == 1 and before.isalnum()):
        return None
    end = _closing_stars(text, begin, count)
    if not end:
        return None
    inner = _inline(text[begin:end], (*marks, *added), breaks=breaks, depth=depth + 1)
    return inner, end + count


def _closing_stars(text: str, at: int, count: int) -> int:
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] == "*":
            end = at
            while text[end : end + 1] == "*":
                end += 1
            after = text[end : end + 1]
            if end - at == count and text[at - 1] != " " and not (count == 1 and after.isalnum()):
                return at
            at = end
            continue
        at += 1
    return 0


# --- writing ---------------------------------------------------------------------------------------------


def to_plain(nodes: list[Node]) -> str:
    """The text in plain signs, as JSON where they do not suffice: `from_plain` gives the same text back."""
    blocks = [_careful(node) for node in nodes]
    text = "\n\n".join(blocks)
    if from_plain(text) == nodes:
        return text
    return json.dumps(nodes, ensure_ascii=False, separators=(",", ":"))


def _careful(node: Node) -> str:
    """With as few backslashes as the text allows."""
    plain = _written(node, lambda text: text)
    return plain if from_plain(plain) == [node] else _written(node, _escaped)


def _escaped(text: str) -> str:
    return re.sub(r"([\\*\[\]^|<])|^([-#>+•!:])|^(\d{1,3})([.)])", _escape_one, text)


def _escape_one(found: re.Match[str]) -> str:
    if found[3]:
        # Digits need no backslash; the point after them does.
        return f"{found[3]}\\{found[4]}"
    return f"\\{found[0]}"


Escape = Callable[[str], str]


def _written(node: Node, escape: Escape) -> str:
    match node["type"]:
        case "paragraph":
            return _run(node["children"], escape, "\n")
        case "heading":
            return f"{'#' * (node['level'] - 1)} {_run(node['children'], escape, ' ')}"
        case "bullet_list" | "ordered_list" as kind:
            numbers = range(1, len(node["items"]) + 1)
            markers = ["- " if kind == "bullet_list" else f"{number}. " for number in numbers]
            return "\n".join(
                marker + _item(item, escape) for marker, item in zip(markers, node["items"], strict=True)
            )
        case "quote":
            inside = "\n\n".join(_written(child, escape) for child in node["children"])
            return "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
        case "table":
            rows = [node["header"], *node["rows"]]
            lines = ["| " + " | ".join(_run(cell, escape, "<br>") for cell in row) + " |" for row in rows]
            lines.insert(1, "|" + " --- |" * len(node["header"]))
            caption = node.get("caption", "")
            return "\n".join([*lines, f": {caption}"] if caption else lines)
        case "image":
            caption = node.get("caption", "")
            title = f' "{_quoted(caption)}"' if caption else ""
            return f"![{_quoted(node['alt'])}](sha256:{node['file']}{title})"


def _item(item: list[Node], escape: Escape) -> str:
    text = ""
    for index, node in enumerate(item):
        tight = node["type"] in ("bullet_list", "ordered_list") and item[index - 1]["type"] == "paragraph"
        text += ("" if not index else "\n" if tight else "\n\n") + _written(node, escape)
    first, *rest = text.split("\n")
    return "\n".join([first, *(_INDENT + line if line else "" for line in rest)])


def _quoted(text: str) -> str:
    return re.sub(r'([\\\[\]"])', r"\\\1", text)


def _run(run: list[Inline], escape: Escape, line_break: str) -> str:
    parts = []
    for inline in run:
        match inline["type"]:
            case "text":
                marks = inline.get("marks") or []
                stars = "*" * (2 * ("bold" in marks) + ("italic" in marks))
                parts.append(f"{stars}{escape(inline['text'])}{stars}")
            case "link":
                parts.append(f"[{_quoted(inline['text'])}]({inline['href']})")
            case "footnote":
                parts.append(f"^[{_run(inline['children'], escape, ' ')}]")
            case "break":
                parts.append(line_break)
            case "figure":
                parts.append(f"[[{inline['key']}]]")
    return "".join(parts)
