"""What its owner deleted, and may bring back for 30 days."""
