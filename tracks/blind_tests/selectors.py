"""Finding blind tests and their results."""

from config.lib.paging import Page, page, read_id_cursor
from tracks.models import BlindTest, Track


def results_of(track: Track, before: str = "") -> Page[BlindTest]:
    """Return a page of the tests of a track that somebody has answered in, newest first.

    Broken-off ones are among them, without `finished_at`: who leaves out bad days proves nothing.
    """
    tests = (
        BlindTest.objects.filter(track=track, trials__gt=0)
        .select_related("version_a", "version_b", "listener")
        .order_by("-id")
    )
    if before:
        tests = tests.filter(pk__lt=read_id_cursor(before))
    return page(tests, lambda test: test.pk.hex)
