"""What a reader of a format gives."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, with what stands around it."""

    text: str
    """The body, a paragraph or a table's row a line."""
    titles: tuple[str, ...] = ()
    """What the file calls itself, the likeliest first."""
    details: tuple[tuple[str, str], ...] = ()
    """Particulars outside the body: (发布日期, 2023-02-10)."""
