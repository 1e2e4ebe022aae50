"""The message log and who answers."""
