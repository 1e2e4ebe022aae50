"""What goes between the backend and its callers, as JSON."""
