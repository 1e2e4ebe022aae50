"""What the backend does by itself: due work, what follows from a change, and messages that leave."""
