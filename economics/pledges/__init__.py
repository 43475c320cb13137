"""What somebody gives each month."""
