"""The command line; importing the package registers every command."""

from bot.cli import ask, base, play, serve, writing
from bot.cli.root import main

__all__ = ["ask", "base", "main", "play", "serve", "writing"]
