"""What the search gives the machine to do: documents of what has changed."""

from functools import partial

from django.db import transaction

from config.lib import kept_pages
from media_pipeline.jobs.services.schedules import register_round, run_now
from tracks.models import ChangedThing, Document
from tracks.search.services import indexing

WORK = "index-documents"
LOOK = "look-over-documents"
AT_ONCE = 5_000


def _heard(things: list[str]) -> None:
    if indexing.mark(things):
        transaction.on_commit(partial(run_now, WORK), robust=True)


def _work() -> None:
    """Do some of it: other work of a general worker comes in between."""
    if not Document.objects.exists():  # a site that has had none yet
        indexing.mark_all()
    if indexing.work_off(AT_ONCE):
        run_now(WORK)


def _look_on() -> None:
    indexing.look_on(AT_ONCE)
    if ChangedThing.objects.exists():
        run_now(WORK)


def register_all() -> None:
    """Let the machine know; whatever changes is heard of where its pages are forgotten."""
    kept_pages.on_forget(_heard)
    register_round(WORK, _work, "Lets what has changed be found", every=120)
    sentence = "Looks for what cannot be found and should be"
    register_round(LOOK, _look_on, sentence, every=3600)
