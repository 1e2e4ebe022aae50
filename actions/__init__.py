"""The actions: one module per topic. Each reads a turn, makes one call at most, and says what follows from it."""
