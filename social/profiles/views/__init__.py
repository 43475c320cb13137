"""The doors of people's pages."""
