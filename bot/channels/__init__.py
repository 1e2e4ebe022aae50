"""Platform message ⇄ our message; no decisions."""
