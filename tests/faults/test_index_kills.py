"""A worker that dies while it makes documents: nothing that has changed is lost."""

import signal

import pytest
from django.test import Client

from media_pipeline.jobs.services import ending
from media_pipeline.models import Job
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site, wait_until
from tracks.catalogue.services import deletion, editing
from tracks.models import ChangedThing, Document
from tracks.search.services import indexing

pytestmark = pytest.mark.django_db(transaction=True)
QUICK = {"NEXUS_LEASE_SECONDS": "2", "NEXUS_HEARTBEAT_SECONDS": "1"}
START_SECONDS = 30  # for a worker to be up, on a busy machine


def found(client: Client, text: str) -> list[str]:
    told = client.get("/api/v1/search/", {"q": text}).json()
    return [row["title"] for row in told["results"]]


def test_killed_in_the_middle_everything_is_found_afterwards(site: Site, client: Client) -> None:
    old, gone = PublicTrackFactory.create(title="Basalt"), PublicTrackFactory.create(title="Chalk")
    indexing.mark([f"track:{old.pk}", f"track:{gone.pk}"])
    indexing.work_off()
    editing.edit(track=old, by=old.owner, title="Granite")
    deletion.delete(track=gone, by=gone.owner)
    killed = site.work("general", NEXUS_FAULT="search:made", **QUICK)
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    assert ChangedThing.objects.exists(), "nothing has happened"
    assert Document.objects.get(pk=old.pk).title_key == "basalt"
    assert found(client, "chalk") == [], "what is closed is told to nobody in between"
    site.work("general", **QUICK)

    def done() -> bool:
        ending.recover(Job.objects.all())
        return not ChangedThing.objects.exists()

    wait_until(done, START_SECONDS)
    assert (found(client, "granite"), found(client, "basalt")) == (["Granite"], [])
    assert not Document.objects.filter(pk=gone.pk).exists()
