"""Structured text as HTML: what is shown, and what the editor begins from."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from uppsikt.typeset.payload import Inline, Node


def stored_file_url(digest: str) -> str:
    """Where a stored picture is served, unless another place is given."""
    return f"/filer/{digest}"


def to_html(nodes: list[Node], *, image_url: Callable[[str], str] = stored_file_url) -> str:
    """The text as HTML, to show and to load into the editor. `from_html` gives the same text back.

    Everything is escaped here; the result is safe to print as it is.
    """
    return "".join(_html(node, image_url) for node in nodes)


def _html(node: Node, image_url: Callable[[str], str]) -> str:
    match node["type"]:
        case "paragraph":
            return f"<p>{_run(node['children'])}</p>"
        case "heading":
            return f"<h{node['level']}>{_run(node['children'])}</h{node['level']}>"
        case "bullet_list" | "ordered_list" as kind:
            tag = "ul" if kind == "bullet_list" else "ol"
            items = "".join(f"<li>{to_html(item, image_url=image_url)}</li>" for item in node["items"])
            return f"<{tag}>{items}</{tag}>"
        case "quote":
            return f"<blockquote>{to_html(node['children'], image_url=image_url)}</blockquote>"
        case "table":
            return _table(node["header"], node["rows"], node.get("caption", ""))
        case "image":
            caption = node.get("caption", "")
            shown = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
            picture = (
                f'<img src="{escape(image_url(node["file"]))}" data-file="{escape(node["file"])}"'
                f' alt="{escape(node["alt"])}" data-caption="{escape(caption)}">'
            )
            return f"<figure>{picture}{shown}</figure>"


def _table(header: list[list[Inline]], rows: list[list[list[Inline]]], caption: str) -> str:
    shown = f"<caption>{escape(caption)}</caption>" if caption else ""
    attribute = f' data-caption="{escape(caption)}"' if caption else ""
    head = "".join(f'<th scope="col">{_run(cell)}</th>' for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{_run(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table{attribute}>{shown}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _run(run: list[Inline]) -> str:
    parts = []
    for number, inline in enumerate(run, 1):
        match inline["type"]:
            case "text":
                text, marks = escape(inline["text"], quote=False), inline.get("marks") or []
                text = f"<em>{text}</em>" if "italic" in marks else text
                parts.append(f"<strong>{text}</strong>" if "bold" in marks else text)
            case "link":
                parts.append(f'<a href="{escape(inline["href"])}">{escape(inline["text"], quote=False)}</a>')
            case "footnote":
                parts.append(f'<span class="note" data-note="{number}">{_run(inline["children"])}</span>')
            case "break":
                parts.append("<br>")
            case "figure":
                key, text = inline["key"], inline["text"]
                shown = escape(text, quote=False) if text else f"[[{key}]]"
                parts.append(f'<span class="live-figure" data-figure="{key}">{shown}</span>')
    return "".join(parts)
