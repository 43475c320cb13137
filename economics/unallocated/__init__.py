"""What belongs to nobody any more: set aside, and after a time given back or on."""
