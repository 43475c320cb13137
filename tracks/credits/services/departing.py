"""What becomes of names when the account goes to which they lead."""

from django.db.models import Q

from config.lib import kept_pages
from tracks.access import Person
from tracks.models import Name, NameClaim


def leave_names(*, person: Person) -> None:
    """Let a person's names lead nowhere; what others said of them stays the others' word.

    Names that nobody else's music has go with them: its own is gone already.
    """
    own = list(Name.objects.filter(account=person).values_list("slug", flat=True))
    kept_pages.forget(*(f"name:{slug}" for slug in own))
    NameClaim.objects.filter(person=person).delete()
    theirs = Name.objects.filter(Q(account=person) | Q(created_by=person), credits=None)
    theirs.filter(claims=None).delete()
    Name.objects.filter(account=person).update(account=None)
    Name.objects.filter(created_by=person).update(created_by=None)
    NameClaim.objects.filter(decided_by=person).update(decided_by=None)
