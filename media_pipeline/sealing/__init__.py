"""What may not be changed afterwards: a log that shows every later touch."""
