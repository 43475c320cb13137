"""Documents of what tests have made without a deed: a site makes them of what is told."""

from django.db import transaction

from tracks.search.services import indexing


def index() -> None:
    """Let everything that everybody may find be found, and nothing else."""
    with transaction.atomic():
        indexing.look_over()
        indexing.mark_all()
        indexing.work_off()
