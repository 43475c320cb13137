"""People and their keys."""

from social.models.token import ApiToken
from social.models.user import User

__all__ = ["ApiToken", "User"]
