"""A thousand reports in a minute: none is lost, and pages are as quick beside them as before."""

import itertools
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx

from media_pipeline.models import Event
from moderation.models import Case, Report
from tests.depth import depth
from tests.factories.tracks import PublicTrackFactory
from tests.sites import Site
from tracks.models import Track

REPORTS = depth(some=150, all_of_them=1000)
A_MINUTE = 1000  # of them
EVERY_S = 60 / A_MINUTE
PIECES, SENDERS, CALM = 12, 8, 40
MOST_RATIO, SPARE_MS = 2.0, 15.0
KINDS = ("hate", "spam", "minors", "copyright")


def send(client: httpx.Client, number: int, tracks: list[Track], begun: float) -> str:
    """Report one of the pieces at its time, from an address of its own; return its page."""
    time.sleep(max(0.0, begun + number * EVERY_S - time.monotonic()))
    body = {
        "target_type": "moment",
        "target_id": str(tracks[number % PIECES].pk),
        "kind": KINDS[number % len(KINDS)],
        "description": f"Number {number}.",
        "at_ms": number,
    }
    address = f"198.18.{number // 250}.{number % 250 + 1}"
    answer = client.post("/api/v1/reports/", json=body, headers={"X-Forwarded-For": address})
    assert answer.status_code == 201, answer.text
    return urlsplit(answer.json()["tracking_url"]).path


def look(client: httpx.Client, path: str) -> float:
    """Return the milliseconds that a page takes."""
    begun = time.perf_counter()
    assert client.get(path).status_code == 200
    return (time.perf_counter() - begun) * 1000


def test_a_thousand_reports_in_a_minute_lose_none_and_slow_no_page(site: Site) -> None:
    tracks = PublicTrackFactory.create_batch(PIECES)
    pages = ["/", *(track.get_absolute_url() for track in tracks)]
    site.serve(NEXUS_PROXIES="1", NEXUS_PAGE_CACHE_SECONDS="0", NEXUS_API_RATE_ANON="100000")
    over, meanwhile = threading.Event(), []
    with site.client() as client:
        turns = itertools.cycle(pages)
        for _ in range(CALM):
            look(client, next(turns))
        calm = [look(client, next(turns)) for _ in range(CALM)]

        def visit() -> None:
            while not over.is_set():
                meanwhile.append(look(client, next(turns)))

        visitor = threading.Thread(target=visit)
        visitor.start()
        begun = time.monotonic()
        with ThreadPoolExecutor(SENDERS) as pool, site.client() as sender:
            work = [pool.submit(send, sender, n, tracks, begun) for n in range(REPORTS)]
            places = [each.result() for each in work]
        took = time.monotonic() - begun
        over.set()
        visitor.join()
        assert client.get(places[-1]).status_code == 200

    assert len(set(places)) == REPORTS
    told = Report.objects.values_list("words", "at_ms", "case__target_id", "reason")
    assert Counter(told) == Counter(
        (f"Number {n}.", n, tracks[n % PIECES].pk, KINDS[n % len(KINDS)]) for n in range(REPORTS)
    )
    assert Case.objects.count() == PIECES, "those of one piece join"
    assert Event.objects.filter(kind="report.made").count() == REPORTS
    assert took < REPORTS * EVERY_S * 1.5, f"{took:.1f} s"
    before, beside = statistics.median(calm), statistics.median(meanwhile)
    assert beside < max(MOST_RATIO * before, before + SPARE_MS), f"{before:.1f} → {beside:.1f} ms"
