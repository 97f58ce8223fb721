"""Where messages come from: console and Telegram."""
