"""The roles of the staff and their rights, as migrations made them; what one lacks is told.

A role that is gone comes back with the next migration. A right that was taken from one may have
been taken on purpose: `manage.py doctor` says so, and an administrator gives it back.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from config.lib import health
from config.lib.health import Note

_BENCH = [
    *("view_case", "view_casenote", "view_report", "view_decision", "view_appeal", "view_walk"),
    *("view_evidence", "add_evidence", "view_sealedentry", "view_nameclaim", "view_name"),
    *("view_strike", "view_mute", "view_suggestion", "view_custody", "view_attestation"),
    "view_verification",
]
_WORDS = [
    f"{act}_{name}"
    for name in ("wording", "watchedword")
    for act in ("view", "add", "change", "delete")
]
_BOOKS = [
    *("view_contribution", "settle_contribution", "view_ledgertransaction", "view_ledgeraccount"),
    *("view_charity", "add_charity", "change_charity", "view_disbursement", "add_disbursement"),
    *("view_artistpayout", "change_artistpayout", "view_providerevent", "view_providercall"),
]
# `open_custody` is given by hand: few should look into what is kept apart.
RIGHTS: dict[str, list[str]] = {
    "moderator": [*_BENCH, *_WORDS, "add_decision", "add_custody"],
    "rights desk": [*_BENCH, "decide_copyright"],
    "finance": _BOOKS,
    "editor": ["view_tag", "change_tag", "view_label", "view_pagetext", "add_pagetext"],
}
APPS = ("moderation", "economics", "tracks", "media_pipeline")


def lacking(using: str = "default") -> dict[str, list[str]]:
    """Return the rights that each role should have and has not, of those that lack some.

    A role that is gone lacks itself: it has an empty word first. Two queries.
    """
    roles = Group.objects.using(using).filter(name__in=RIGHTS).prefetch_related("permissions")
    have = {role.name: {one.codename for one in role.permissions.all()} for role in roles}
    found = {}
    for name, rights in RIGHTS.items():
        if name not in have:
            found[name] = ["", *rights]
        elif missing := [right for right in rights if right not in have[name]]:
            found[name] = missing
    return found


def bring_back(*, verbosity: int = 1, using: str = "default", **_words: Any) -> None:
    """Make each role that is gone anew, with its rights. Heard after each migration."""
    for name, missing in lacking(using).items():
        if missing[0]:
            continue
        with transaction.atomic(using=using):
            role, _ = Group.objects.using(using).get_or_create(name=name)
            rights = Permission.objects.using(using).filter(content_type__app_label__in=APPS)
            role.permissions.add(*rights.filter(codename__in=RIGHTS[name]))
        if verbosity:
            sentence = f"The role “{name}” was gone. It is here again, with nobody in it."
            print(sentence)  # noqa: T201 - as migrations say what they do


def told() -> str:
    """Return whether every role of the staff has its rights; for the doctor."""
    found = lacking()
    if not found:
        return "each has its rights"
    words = [
        f"“{name}” lacks {', '.join(missing)}" if missing[0] else f"“{name}” is gone"
        for name, missing in found.items()
    ]
    return Note(
        f"{'; '.join(words)}. Give rights back in the admin, under Groups; "
        "`manage.py migrate` brings a role back."
    )


def register_all() -> None:
    """Let the doctor know."""
    health.register("roles", told)
