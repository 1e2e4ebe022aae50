"""The commands behind `python -m backend.cli`, one module a topic."""
