"""The admins' desk: their commands, answered in plain words and options, whatever the channel."""
