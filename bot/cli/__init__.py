"""The command line; importing the package registers every command."""

from bot.cli import ask, base, play, serve
from bot.cli.root import main

__all__ = ["ask", "base", "main", "play", "serve"]
