"""manage.py unban HANDLE --reason …: opens an account again, with everything that is its own."""

from social.accounts.services import bans
from social.management.commands import ban
from social.models import User


class Command(ban.Command):
    """The other way round."""

    help = __doc__
    done = "%s is let in again, and what was theirs is open as it was."
    nothing_to_do = "%s was not banned."

    def act(self, user: User, reason: str) -> bool:
        """Do it as the system; tells whether anything was done."""
        return bans.unban(user=user, by=User.objects.get(handle="system"), reason=reason)
