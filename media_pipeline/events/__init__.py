"""What has happened, told once, in the transaction in which it happened."""
