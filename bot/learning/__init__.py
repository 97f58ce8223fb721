"""What people asked and did not get: counted without saying who, to teach the bot."""
