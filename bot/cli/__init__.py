"""The command line; importing the package registers every command."""

from bot.cli import admin, ask, base, play, serve, writing
from bot.cli.root import main

__all__ = ["admin", "ask", "base", "main", "play", "serve", "writing"]
