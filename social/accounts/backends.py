"""Who may be signed in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend


class PeopleBackend(AuthenticationBackend):
    """Handle or e-mail with a password; whoever is banned or inactive stays outside.

    Django asks it again on every request of a session, so a ban ends open sessions at once.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Tell whether this account is open."""
        return bool(user.is_active and not user.is_banned)
