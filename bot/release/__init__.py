"""Changing what answers: staged, proved, played, compared, published, and taken back."""
