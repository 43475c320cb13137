"""People: accounts, profiles and what they say to each other."""
