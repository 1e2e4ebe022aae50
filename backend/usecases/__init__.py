"""What changes tickets and what hangs on them: one transaction each. Time, charter and calendar are handed in."""
