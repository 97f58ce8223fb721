"""Errors of the language floor.

IntentsError
└── DataFileError      a YAML or CSV of the language is broken: path, line and why
"""

from pathlib import Path


class IntentsError(Exception):
    """Root of everything this package raises."""


class DataFileError(IntentsError):
    """A data file cannot be used; the message names the file, the line and the reason."""

    def __init__(self, path: Path | str, line: int | None, why: str) -> None:
        self.path = Path(path)
        self.line = line
        self.why = why
        place = f"{self.path}:{line}" if line is not None else str(self.path)
        super().__init__(f"{place}: {why}")
