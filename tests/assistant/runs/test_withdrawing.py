"""One press takes back all that one model has made, and nothing that people said."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from assistant.models import Embedding, ModelRun, Suggestion, Transcript
from assistant.runs import services
from assistant.runs.selectors import Model, figures
from assistant.suggestions.services import deciding
from media_pipeline.models import Event, Job, SealedEntry
from tests.factories.assistant import embed, hear, make_run, make_suggestion
from tests.factories.social import StaffFactory, stale
from tests.factories.tracks import ReadyTrackFactory
from tests.jobs import do_jobs
from tracks.models import Track

pytestmark = pytest.mark.django_db
LIST, WITHDRAW = "/admin/assistant/modelrun/", "/admin/assistant/modelrun/withdraw/"
BIG = {"provider": "openai", "model": "big", "version": "2"}


def work() -> dict[str, object]:
    """Make some of everything by one model, and by another."""
    heard, edited, other = (ReadyTrackFactory.create() for _ in range(3))
    run = make_run(heard, task="transcript", **BIG)
    gone = hear(heard.primary_version, ["Not this."], run=run)
    by_hand = {"edited_at": timezone.now(), "edited_by": edited.owner, "revision": 1}
    kept = hear(edited.primary_version, ["By hand."], run=make_run(edited, **BIG), **by_hand)
    taken = make_suggestion(heard, "title", "Harbour", run=make_run(heard, **BIG))
    deciding.accept(suggestion=taken, by=heard.owner)
    waits = make_suggestion(heard, "tags", ["sea"], run=taken.run)
    embed(make_run(heard, task="embedding", **BIG), 3)
    stays = make_suggestion(other, "tags", ["wind"])
    return {"gone": gone, "kept": kept, "taken": taken, "waits": waits, "stays": stays}


def test_all_of_one_model_goes_and_what_people_said_stays() -> None:
    made = work()
    shares: list[float] = []
    gone = services.withdraw(Model(*BIG.values()), progress=shares.append)
    assert gone.counts() == {"runs": 4, "transcripts": 1, "suggestions": 1, "vectors": 3}
    states = dict(Suggestion.objects.values_list("kind", "state").filter(run__provider="openai"))
    assert states == {"title": "accepted", "tags": "withdrawn"}
    assert list(Transcript.objects.all()) == [made["kept"]]
    assert not Embedding.objects.exists()
    assert Track.objects.filter(title="Harbour").exists()
    assert Suggestion.objects.get(run__provider="extractive").state == "open"
    assert not ModelRun.objects.filter(provider="openai", withdrawn_at=None).exists()
    assert shares[-1] == 1.0
    assert Event.objects.filter(kind="model.withdrawn").count() == 1
    assert SealedEntry.objects.get(kind="model.withdrawn").data["transcripts"] == 1


def test_it_goes_a_part_at_a_time_and_topics_hear_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "RUNS_AT_ONCE", 2)
    monkeypatch.setattr(services, "VECTORS_AT_ONCE", 1)
    work()
    parts: list[services.Withdrawn] = []
    monkeypatch.setattr(services, "_callbacks", [parts.append])
    services.withdraw(Model(*BIG.values()))
    assert [part.runs for part in parts] == [2, 2]
    assert sum(len(part.versions) for part in parts) == 1
    assert all(part.tracks for part in parts)


def test_what_it_offered_in_place_of_peoples_words_goes() -> None:
    track = ReadyTrackFactory.create()
    run = make_run(track, task="transcript", **BIG)
    by_hand = {"edited_at": timezone.now(), "offer": [], "offer_run": run}
    said = hear(track.primary_version, ["Ours."], **by_hand)
    services.withdraw(Model(*BIG.values()))
    said.refresh_from_db()
    assert (said.offer, said.offer_run) == (None, None)


def test_twice_is_as_once() -> None:
    work()
    services.withdraw(Model(*BIG.values()))
    assert services.withdraw(Model(*BIG.values())).runs == 0
    assert Event.objects.filter(kind="model.withdrawn").count() == 1


def test_what_is_made_after_it_was_asked_stays() -> None:
    work()
    until = timezone.now()
    late = make_run(**BIG, made_at=timezone.now() + timedelta(minutes=1))
    services.withdraw(Model(*BIG.values()), until=until)
    late.refresh_from_db()
    assert late.withdrawn_at is None


def test_models_are_counted_in_few_queries(django_assert_num_queries: object) -> None:
    work()
    with django_assert_num_queries(6):  # type: ignore[operator]
        found = {row.key.provider: row for row in figures()}
    big = found["openai"]
    assert (big.runs, big.transcripts, big.edited) == (4, 1, 1)
    assert (big.suggestions, big.accepted, big.vectors) == (1, 1, 3)


def test_an_administrator_is_asked_once_more_and_a_worker_does_it() -> None:
    work()
    person = StaffFactory.create()
    client = Client()
    client.force_login(person)
    page = client.get(LIST).content.decode()
    assert "openai big 2" in page
    page = client.get(WITHDRAW, BIG).content.decode()
    assert "1 transcript that nobody has edited" in page
    assert "Harbour" in page
    assert client.post(WITHDRAW, BIG).status_code == 302
    assert SealedEntry.objects.filter(kind="model.withdrawal_asked", actor=person.pk).exists()
    do_jobs()
    job = Job.objects.get(kind=services.JOB)
    assert (job.state, Embedding.objects.count()) == ("succeeded", 0)
    assert ModelRun.objects.filter(withdrawn_by=person).count() == 4
    assert client.get(WITHDRAW, {"provider": "nobody"}).status_code == 404
    assert client.post(WITHDRAW, {"provider": "a\0", "model": "x" * 999}).status_code == 404


def test_an_old_code_is_asked_for_again() -> None:
    work()
    client = stale(StaffFactory.create())
    response = client.post(WITHDRAW, BIG)
    assert "reauthenticate" in response["Location"]
    assert not Job.objects.filter(kind=services.JOB).exists()


def test_the_command_lists_and_withdraws() -> None:
    work()
    out = StringIO()
    call_command("models", "list", stdout=out)
    assert "openai big 2: 4 runs, 0 withdrawn" in out.getvalue()
    call_command("models", "withdraw", "openai", "big", "2", stdout=out)
    assert "1 suggestions that owners took stay" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("models", "withdraw", "openai", "big", "2")
