"""manage.py reset_factor HANDLE --reason …: forgets a second factor that was lost."""

from social.management.commands import ban
from social.models import User
from social.staff.services import factors


class Command(ban.Command):
    """For whoever lost phone and recovery codes; the reason goes into the sealed log."""

    help = __doc__
    done = "%s signs in with the password alone now, and is signed out everywhere."
    nothing_to_do = "%s has no second factor."

    def act(self, user: User, reason: str) -> bool:
        """Do it as the system; tells whether anything was done."""
        system = User.objects.get(handle="system")
        return factors.reset(person=user, by=system, reason=reason)
