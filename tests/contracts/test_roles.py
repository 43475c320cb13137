"""Each role of the staff sees and does what its table says, and an operator alone does all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.test import Client

from media_pipeline.models import SealedEntry
from moderation.appeals import services as appeals
from moderation.decisions.rules import REDRESS
from moderation.models import Appeal, Case, CaseNote, Decision, Evidence
from social.models import User
from tests.contracts.roles import (
    ADDS,
    ADMINISTRATOR,
    CHANGES,
    DESK,
    NO_ROLE,
    OF_ALL,
    OF_COPYRIGHT,
    OF_MODERATORS,
    OF_WHO_JUDGES,
    ROLES,
    SEES,
)
from tests.factories.moderation import ban, decide, make_case, member_of, moderator
from tests.factories.originals import give_original
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db
QUEUE = "/admin/moderation/case/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def person_of(role: str) -> User:
    if role == ADMINISTRATOR:
        found: User = StaffFactory.create()
        return found
    if role == NO_ROLE:
        nobody: User = UserFactory.create(is_staff=True)
        return nobody
    return member_of(role)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_its_pages_and_no_other(role: str) -> None:
    client = signed_in(person_of(role))
    found, adds, changes = set(), set(), set()
    for model, page in admin.site._registry.items():
        label = model._meta.label_lower
        where = f"/admin/{label.replace('.', '/')}/"
        request: Any = type("Asks", (), {"user": client_user(client)})()
        if client.get(where).status_code == 200:
            found.add(label)
        if page.has_add_permission(request):
            adds.add(label)
        if page.has_change_permission(request, model()):
            changes.add(label)
    every = {model._meta.label_lower for model in admin.site._registry}
    if role == ADMINISTRATOR:
        assert found == every
        return
    assert found == {label for label, roles in SEES.items() if role in roles}
    assert adds == {label for label, roles in ADDS.items() if role in roles}
    assert changes == {label for label, roles in CHANGES.items() if role in roles}


def client_user(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


@pytest.mark.parametrize("role", ROLES)
def test_the_front_page_of_the_admin_lists_what_one_sees(role: str) -> None:
    client = signed_in(person_of(role))
    page = client.get("/admin/").text
    for label, roles in SEES.items():
        is_listed = f'href="/admin/{label.replace(".", "/")}/"' in page
        assert is_listed is (role in roles or role == ADMINISTRATOR), label


def acts(client: Client, reason: str) -> dict[str, Callable[[], bool]]:
    """Return for each act of the desk what tries it, and tells whether it was done."""
    track, undone = PublicTrackFactory.create(), PublicTrackFactory.create()
    case = make_case(track, reason=reason)
    moderator()  # somebody else, whose decisions these are
    made = decide(undone, "hide")
    appealed = decide(PublicTrackFactory.create(), "hide")
    appeal = appeals.appeal(decision=appealed, text="It quotes.")
    gone = PublicTrackFactory.create()
    of_gone = make_case(gone, reason=reason)
    gone.delete()
    other = PublicTrackFactory.create()
    give_original(undone.primary_version, loud=(0, 1))
    heard = {"version": undone.primary_version_id, "at": "0:00"}
    banned = ban(UserFactory.create())
    ban_appeal = appeals.appeal(decision=ban(UserFactory.create()), text="It was not me.")
    Case.objects.update(reason=reason)
    page = f"{QUEUE}{case.pk}/"
    words = {
        "kind": "hide",
        "about": f"track:{track.pk}",
        "facts": "At 0:42.",
        "source": "notice",
        "ground": "terms",
        "clause": "Terms of use",
        "territory": "Everywhere",
        "redress": REDRESS,
    }

    def tries(where: str, said: dict[str, Any], is_done: Callable[[], bool]) -> Any:
        def action() -> bool:
            client.post(where, said)
            return is_done()

        return action

    cases: Any = Case.objects
    opening = {"about": f"track:{other.pk}", "reason": reason}
    return {
        "open": tries(f"{QUEUE}open/", opening, cases.filter(target_id=other.pk).exists),
        "assign": tries(f"{page}assign/", {}, cases.exclude(assigned_to=None).exists),
        "note": tries(f"{page}note/", {"words": "Look."}, CaseNote.objects.all().exists),
        "evidence": tries(f"{page}evidence/", {}, Evidence.objects.all().exists),
        "hear": tries(
            f"{QUEUE}{made.case_id}/hear/",
            heard,
            SealedEntry.objects.filter(kind="original.heard").exists,
        ),
        "decide": tries(
            f"{page}change/", words, Decision.objects.filter(target_id=track.pk).exists
        ),
        "undo": tries(
            f"{QUEUE}{made.pk}/undo/", {"words": "No."}, Decision.objects.filter(undoes=made).exists
        ),
        "answer": tries(
            f"{QUEUE}{appeal.pk}/answer/",
            {"words": "It stands."},
            Appeal.objects.filter(pk=appeal.pk).exclude(answered_at=None).exists,
        ),
        "propose": tries(
            f"{page}propose/",
            {"words": "The third time."},
            CaseNote.objects.filter(words__contains="Proposes a ban").exists,
        ),
        "ban": tries(
            f"{page}change/",
            words | {"kind": "ban", "about": f"person:{track.owner_id}"},
            Decision.objects.filter(kind="ban", target_id=track.owner_id).exists,
        ),
        "unban": tries(
            f"{QUEUE}{banned.pk}/undo/",
            {"words": "No."},
            Decision.objects.filter(undoes=banned).exists,
        ),
        "answer of a ban": tries(
            f"{QUEUE}{ban_appeal.pk}/answer/",
            {"words": "It stands."},
            Appeal.objects.filter(pk=ban_appeal.pk).exclude(answered_at=None).exists,
        ),
        "close": tries(
            f"{QUEUE}{of_gone.pk}/close/", {}, cases.filter(pk=of_gone.pk, state="closed").exists
        ),
    }


@pytest.mark.parametrize("reason", ["hate", "copyright"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_at_the_desk_what_is_its_own(role: str, reason: str) -> None:
    client = signed_in(person_of(role))
    tried = acts(client, reason)
    assert {*tried} == {*DESK}
    allowed = OF_COPYRIGHT if reason == "copyright" else OF_ALL
    for name, tries in tried.items():
        expected = role in (OF_WHO_JUDGES | OF_MODERATORS).get(name, allowed)
        assert tries() is expected, (role, reason, name)


def test_one_operator_does_all_of_it() -> None:
    """The only account of a house: every act about others works at once."""
    boss = StaffFactory.create()
    client = signed_in(boss)
    tried = acts(client, "hate")
    User.objects.filter(is_staff=True).exclude(pk=boss.pk).update(is_staff=False)
    assert {name: tries() for name, tries in tried.items()} == dict.fromkeys(DESK, True)
