"""`make bench`: our engine beside stock Rasa and the framework's floor, in one run."""
