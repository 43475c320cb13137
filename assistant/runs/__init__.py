"""What made each output of a machine; one press takes all of one model back."""
