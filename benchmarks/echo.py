"""A bare echo bot on the library's stock transport: `python -m benchmarks.echo ROOT PORT`."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.channels.fake_bot_api import TOKEN


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Serve a webhook until SIGTERM."""
    root, port = sys.argv[1:]
    builder = Application.builder().token(TOKEN).base_url(f"{root}/bot").concurrent_updates(True)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_webhook(
        "127.0.0.1", int(port), "hook", webhook_url=f"http://127.0.0.1:{port}/hook",
        secret_token="secret",
    )  # fmt: skip


if __name__ == "__main__":
    main()
