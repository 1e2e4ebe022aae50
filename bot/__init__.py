"""What people reach: the channels, the message log, and who answers."""
