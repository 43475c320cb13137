"""A library of any size, made up: to see how a site does with a million pieces."""
