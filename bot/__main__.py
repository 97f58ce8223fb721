"""python -m bot, and the command fazhibot."""

from bot.cli import main

if __name__ == "__main__":
    main()
