"""A message that we start 主动触达: which channel, within its allowance; and the calls that we place."""
