"""The rights desk proposes bans; moderators find them among the cases, and decide."""

import pytest
from django.core.cache import cache

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from moderation.appeals import services as appeals
from moderation.bans.services import propose
from moderation.decisions import services as decisions
from moderation.models import Case, CaseNote, Decision
from social.models import User
from tests.factories.moderation import ban, decide, make_case, member_of, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.moderation.desk.test_desk import QUEUE, page_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def test_what_the_rights_desk_proposes_waits_for_a_moderator_and_restricts_nobody() -> None:
    track = PublicTrackFactory.create(title="Rain")
    case = make_case(track, reason="copyright")
    client = signed_in(rights := member_of("rights desk"))
    page = client.get(page_of(case)).text
    assert 'value="ban"' not in page
    assert "Propose a ban" in page
    client.post(f"{QUEUE}{case.pk}/propose/", {"words": "The third <time>."})
    found = Case.objects.get(target="person", target_id=track.owner_id)
    assert (found.reason, found.is_open) == ("copyright", True)
    assert not User.objects.get(pk=track.owner_id).is_banned
    assert not Decision.objects.exists()
    entry = SealedEntry.objects.get(kind="ban.proposed")
    assert (entry.actor, entry.data["of"]) == (str(rights.pk), str(case.pk))
    client = signed_in(moderator())
    assert str(found) in client.get(QUEUE).text or found.title in client.get(QUEUE).text
    page = client.get(page_of(found)).text
    assert "Proposes a ban, because of piece “Rain”: The third &lt;time&gt;." in page
    assert 'value="ban"' in page
    assert "Propose a ban" not in page
    decide(track.owner, "ban", "person", case=found)
    assert User.objects.get(pk=track.owner_id).is_banned


def test_words_are_needed_and_kept_where_they_were_refused() -> None:
    case = make_case(PublicTrackFactory.create(), reason="hate")
    client = signed_in(member_of("rights desk"))
    page = client.post(f"{QUEUE}{case.pk}/propose/", {"words": "Because."}, follow=True).text
    assert "Because." in page
    for words, kind in ((" ", "words-missing"), ("x", "not-a-moderator")):
        reason = "copyright" if kind == "words-missing" else "hate"
        Case.objects.filter(pk=case.pk).update(reason=reason)
        with pytest.raises(Problem) as refused:
            propose(case=Case.objects.get(), by=member_of("rights desk"), words=words)
        assert refused.value.type == kind
    assert not CaseNote.objects.exists()


def test_no_way_leads_the_rights_desk_to_a_ban_or_out_of_one() -> None:
    rights = member_of("rights desk")
    person = UserFactory.create()
    case = make_case(person, "person", reason="copyright")
    made = ban(UserFactory.create())
    appeal = appeals.appeal(decision=made, text="It was not me.")
    Case.objects.update(reason="copyright")
    made.refresh_from_db()
    appeal.refresh_from_db()
    for act in (
        lambda: decide(person, "ban", "person", case=case, by=rights),
        lambda: decisions.restore(decision=made, by=rights, facts="No."),
        lambda: appeals.uphold(appeal=appeal, by=rights, words="It stands."),
        lambda: appeals.grant(appeal=appeal, by=rights, words="It does not."),
    ):
        with pytest.raises(Problem) as refused:
            act()
        assert refused.value.type == "may-not-ban"
    made = decide(person, "suspend_uploads", "person", case=case, by=rights)
    assert made.by == rights
