"""The engine: Rasa 3.6 behind one input channel. It understands and steers the dialogue, nothing else.

Runs in `.venv-rasa` (Python 3.10) and imports nothing of bot, actions or backend.
"""
