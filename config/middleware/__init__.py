"""What happens around every view."""
