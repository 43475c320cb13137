"""No path of the staff restricts anybody but a decision: every entrance they have is listed here.

What the admin lets an administrator do is read from its registry, commands from Django's, reasons
that close something from the registries that decide it. What is new has to be looked at, and said
here why it restricts nobody, or goes through a decision.
"""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.core.management import get_commands
from django.test import Client, RequestFactory

from economics.charities.forms import CharityForm
from media_pipeline.uploads.services import uploads
from moderation.models import Decision
from social.models import User
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks import access, denials
from tracks.models import Track

pytestmark = pytest.mark.django_db
DESK = "only leads to where it is decided"
HELP = "helps whoever cannot sign in any more; it closes nothing that is theirs"
ROLES = "says who works here, not what anybody may publish"
BACK = "opens again what its owner had deleted"
ROOM = "how much the machine has room for; what is here stays"
MONEY = "whom givers share with; nobody’s music"
MACHINE = "the machine’s own work"

# Of each model of the admin, everything that an administrator can do there, and why it may be.
ADMIN: dict[str, dict[str, str]] = {
    "account.EmailAddress": dict.fromkeys(
        ["add", "delete", "make_verified", "=user", "=email", "=verified", "=primary"], HELP
    ),
    "auth.Group": dict.fromkeys(["add", "delete", "=name", "=permissions"], ROLES),
    "axes.AccessAttempt": dict.fromkeys(["delete", "cleanup_expired_attempts"], HELP),
    "axes.AccessFailureLog": {"delete": HELP},
    "axes.AccessLog": {"delete": HELP, "=session_hash": "a log that nothing reads"},
    "economics.Charity": dict.fromkeys(
        ["add", *(f"={name}" for name in CharityForm.Meta.fields)], MONEY
    ),
    "media_pipeline.Job": dict.fromkeys(["retry", "discard"], MACHINE),
    "media_pipeline.StorageFinding": {"delete_bytes": "bytes that no row names"},
    "media_pipeline.StorageQuota": dict.fromkeys(["add", "delete", "=user", "=bytes"], ROOM),
    "moderation.Evidence": {
        "add": "opens, to one moderator",
        "close": "ends what they could look at",
        **dict.fromkeys(["=track", "=person", "=reason", "=hours"], "of what is opened"),
    },
    "moderation.PageText": dict.fromkeys(
        ["add", "=page", "=words", "=after"], "the site’s own words"
    ),
    "moderation.WatchedWord": dict.fromkeys(
        ["add", "delete", "=phrase", "=reason", "=is_active"], "marks, and closes nothing"
    ),
    "moderation.Wording": dict.fromkeys(
        ["add", "delete", "=name", "=use", "=reason", "=words"], "texts of the moderators"
    ),
    "social.ApiToken": {"revoke": "a key of a program that was lost; another one is given"},
    "social.ArtistPicture": {"to_desk": DESK},
    "social.Note": {"to_desk": DESK},
    "social.User": {
        "to_desk": DESK,
        "=display_name": "what they are called, at their wish",
        "=email": HELP,
        "=groups": ROLES,
        "=is_staff": ROLES,
        "=is_superuser": ROLES,
    },
    "tracks.Name": {"take_back": "a name leads to no account; credits and music stay"},
    "tracks.NameClaim": dict.fromkeys(["grant", "refuse"], "answers what somebody asked for"),
    "tracks.Playlist": {"to_desk": DESK, "bring_back": BACK},
    "tracks.Release": {"to_desk": DESK, "bring_back": BACK},
    "tracks.Tag": dict.fromkeys(["merge", "part", "=name", "=kind"], "one word for one thing"),
    "tracks.Track": {"to_desk": DESK, "bring_back": BACK},
    "tracks.VersionAlignment": {"delete": "measured, and measured again"},
}
DECIDED = "makes a decision"
COMMANDS = {
    **dict.fromkeys(["ban", "unban"], DECIDED),
    "api_token": "a key for a program, given and taken by whoever has the machine",
    "reset_factor": HELP,
    "forget": "what somebody asked for (GDPR, article 17); sealed",
    **dict.fromkeys(["demo", "synthesise", "upload", "import_archive"], "adds"),
    **dict.fromkeys(["backup", "restore", "retention", "seal", "storage", "jobs"], MACHINE),
    "contribution": "writes down what came in, and what went back",
    "ledger": "reads the books, and adds what happened outside",
    "models": "takes back what a machine has made: nobody’s words",
    "meaning": "makes vectors of what is there",
    **dict.fromkeys(["doctor", "migrate", "rotate_keys", "serve", "up", "worker"], MACHINE),
}
# What closes something to people, and by which rows.
DENIALS = {
    "tracks.access._deleted": "its owner deletes",
    "social.accounts.rules._of_a_closed_account": "a ban, which the database ties to a decision",
    **dict.fromkeys(
        [
            f"moderation.decisions.rules._{name}"
            for name in (
                "tracks",
                "versions",
                "releases",
                "playlists",
                "notes",
                "pictures",
                "visuals",
            )
        ],
        DECIDED,
    ),
}
SUSPENDS = {"moderation.decisions.rules.may_not_send": DECIDED}


def acts_of(model_admin: Any, request: Any) -> set[str]:
    """Return what may be done there: `add`, `delete`, actions, and `=field` for what is written."""
    found = set(model_admin.get_actions(request)) - {"delete_selected"}
    if model_admin.has_add_permission(request):
        found.add("add")
    if model_admin.has_delete_permission(request):
        found.add("delete")
    if model_admin.has_add_permission(request) or _writes(model_admin, request):
        fixed = set(model_admin.get_readonly_fields(request))
        fields = flatten(model_admin.get_fields(request))
        found |= {f"={name}" for name in fields if name not in fixed}
    return found


def _writes(model_admin: Any, request: Any) -> bool:
    """Tell whether a row is changed on a page: some have actions in their list only."""
    row = model_admin.model()
    return bool(model_admin.has_change_permission(request, row))


def test_the_admin_restricts_nobody() -> None:
    request = RequestFactory().get("/admin/")
    request.user = StaffFactory.create()
    found = {
        model._meta.label: acts_of(model_admin, request)
        for model, model_admin in admin.site._registry.items()
    }
    assert {label: acts for label, acts in found.items() if acts} == {
        label: set(acts) for label, acts in ADMIN.items()
    }


def test_no_inline_of_the_admin_writes() -> None:
    request = RequestFactory().get("/admin/")
    request.user = StaffFactory.create()
    for model_admin in admin.site._registry.values():
        for inline in model_admin.get_inline_instances(request):
            assert set(inline.get_fields(request)) <= set(inline.get_readonly_fields(request))
            assert not inline.can_delete
            assert not inline.has_add_permission(request, None)


def test_commands_restrict_nobody_but_by_a_decision() -> None:
    ours = {"config", "tracks", "social", "moderation", "media_pipeline", "economics", "assistant"}
    assert {name for name, app in get_commands().items() if app in ours} == set(COMMANDS)


def test_what_closes_follows_from_decisions() -> None:
    rules = [*access._denials, *denials.rules()]
    assert {f"{rule.__module__}.{rule.__name__}" for rule in rules} == set(DENIALS)
    suspends = {f"{rule.__module__}.{rule.__name__}" for rule in uploads._suspended}
    assert suspends == set(SUSPENDS)


@pytest.mark.parametrize("action", ["delete_selected", "ban", "unban", "take_away"])
@pytest.mark.parametrize("where", ["social/user", "social/note", "tracks/track"])
def test_what_the_admin_once_offered_is_not_there_any_more(where: str, action: str) -> None:
    track, person, client = PublicTrackFactory.create(), UserFactory.create(), Client()
    client.force_login(StaffFactory.create())
    rows = [str(track.pk), str(person.pk)]
    client.post(f"/admin/{where}/", {"action": action, "_selected_action": rows, "post": "yes"})
    assert Track.objects.filter(pk=track.pk).exists()
    assert not User.objects.get(pk=person.pk).is_banned
    assert not Decision.objects.exists()


def test_a_form_of_the_admin_that_is_sent_by_hand_closes_no_account() -> None:
    person, client = UserFactory.create(), Client()
    client.force_login(StaffFactory.create())
    words = {"display_name": "x", "email": "x@example.org", "is_banned": "on", "is_active": ""}
    client.post(f"/admin/social/user/{person.pk}/change/", words)
    row = User.objects.get(pk=person.pk)
    assert (row.display_name, row.is_banned, row.is_active) == ("x", False, True)
