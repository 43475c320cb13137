"""The REST API of the machine."""
