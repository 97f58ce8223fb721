"""fazhibot: answers from the governments' own annual rule-of-law reports, each figure proved."""

__version__ = "0.1.0"
