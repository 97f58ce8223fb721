"""Proper names of figures (“本周我普法”) that a question spells with a wrong character."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from intents.models import Frame
from intents.sounds import syllable
from intents.text import is_han

_SHORTEST = 3
_SURE = 5
"""From so many characters on the wrong one may sound otherwise."""


def respelled(frame: Frame, names: Iterable[str]) -> Frame:
    """The frame as if it had spelt the names right that it means; the same if it has none wrong."""
    said = set(frame.text)
    for name in sorted(names):
        near = len(name) >= _SHORTEST and len(said.intersection(name)) >= len(set(name)) - 1
        if near and name not in frame.text and (wrong := _misspelt(frame.text, name)):
            quoted = tuple(q.replace(wrong, name) for q in frame.quoted)
            frame = replace(frame, text=frame.text.replace(wrong, name), quoted=quoted)
    return frame


def _misspelt(text: str, name: str) -> str:
    """What stands for the name with one wrong character, or without one; "" if nothing does."""
    size = len(name)
    if size >= _SURE:
        shorter = (name[:n] + name[n + 1 :] for n in range(1, size - 1))
        for said in shorter:  # “余姚爱普法” without its 爱
            if said in text and is_han(said):
                return said
    for start in range(len(text) - size + 1):
        said = text[start : start + size]
        wrong = [n for n in range(size) if said[n] != name[n]]
        if len(wrong) == 1 and is_han(said):
            at = wrong[0]
            if size >= _SURE or syllable(said[at]) == syllable(name[at]):
                return said
    return ""
