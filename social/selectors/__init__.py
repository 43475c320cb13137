"""Finding people, and what they say."""

from social.selectors.people import person

__all__ = ["person"]
