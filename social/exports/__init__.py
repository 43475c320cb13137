"""Everything of one person, to take along; and bringing it in."""
