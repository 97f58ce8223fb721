"""HTML → a small tree. The only import of selectolax.

Nothing is fetched, no script runs; nesting beyond reason is flattened.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MAX_DEPTH = 120
_MAX_NODES = 1_000_000


@dataclass(slots=True)
class Element:
    """An element, or a text with the tag ""."""

    tag: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)


def parse(text: str) -> Element:
    """The tree of a page."""
    top = Element("document")
    root = LexborHTMLParser(text).root
    waiting: list[tuple[LexborNode, Element, int]] = [(root, top, 0)] if root else []
    seen = 0
    while waiting and seen < _MAX_NODES:
        node, parent, depth = waiting.pop()
        seen += 1
        if node.next is not None:
            waiting.append((node.next, parent, depth))
        if node.is_text_node:
            parent.children.append(Element("", str(node.text_content or "")))
        elif node.is_element_node:
            element = Element(node.tag or "", attributes=_attributes(node))
            inner = element if depth < _MAX_DEPTH else parent
            if inner is element:
                parent.children.append(element)
            if node.child is not None:
                waiting.append((node.child, inner, min(depth + 1, _MAX_DEPTH)))
    return top


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}
