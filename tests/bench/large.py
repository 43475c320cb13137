"""How a site does with a million pieces: `make bench-large` prints a table and writes JSON.

Three libraries after each other in one state folder: 1,000, 30,000 and 1,000,000 made-up pieces
(`--most` for fewer). Pages are asked without the cache of whole pages, at 1 and at 8 clients.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.load import Load, measure
from tests.bench.memory import web_mib
from tests.bench.site import environment, free_port, manage, running

SIZES = (1_000, 30_000, 1_000_000)
SECONDS = 4.0
PAGES = {
    "home": "/",
    "search, rare": "/search/?q=kansezan",
    "search, common": "/search/?q=love",
    "search, commonest": "/search/?q=the",
    "search, two words": "/search/?q=love+night",
    "search, one letter": "/search/?q=l",
    "search, chips": "/search/?bpm=120..128&key=8A&not=live",
    "counts, common": "/search/counts/?q=love",
    "counts, one letter": "/search/counts/?q=l",
    "suggest": "/api/v1/suggest/?q=lo",
    "API search": "/api/v1/search/?q=love",
    "API list": "/api/v1/lists/latest/-/",
    "track": "{track}",
    "similar": "{track}similar/",
    "API similar": "/api/v1/tracks/{pk}/similar/",
    "API harmony": "/api/v1/tracks/{pk}/similar/?by=harmony",
    "artist": "{artist}",
    "release": "{release}",
    "tag": "/tags/ambient/",
    "deep page": "{deep}",
}
FOUND = """
from tracks.models import Track, Release
from config.lib.paging import moment_cursor
made = Track.objects.filter(owner__handle__startswith="synthetic-").order_by("published_at")
one = made[made.count() // 2]
release = Release.objects.filter(owner=one.owner).first()
deep = moment_cursor(int(one.published_at.timestamp() * 1_000_000), one.pk)
print(one.pk, one.get_absolute_url(), one.owner.get_absolute_url(), release.get_absolute_url(),
    "/?before=" + deep)
"""


def main() -> int:
    """Measure each size; return 1 where a goal is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--most", type=int, default=SIZES[-1])
    options.add_argument("--state", type=Path, help="a folder that is kept, to go on from")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        state = chosen.state or Path(made)
        figures = {
            size: at(size, state) for size in sorted({min(size, chosen.most) for size in SIZES})
        }
    (Path.cwd() / "var").mkdir(exist_ok=True)
    told = {size: {name: load.row() for name, load in of.items()} for size, of in figures.items()}
    Path("var/bench-large.json").write_text(json.dumps(told, indent=1))
    return report(figures)


def at(size: int, state: Path) -> dict[str, Load]:
    """Fill a site up to so many pieces; return what each page does, `… × 8` with eight clients."""
    port = free_port()
    env = environment(state, NEXUS_PAGE_CACHE_SECONDS="0")
    url = f"http://127.0.0.1:{port}"
    with running([sys.executable, "manage.py", "up", "--port", str(port)], env, f"{url}/") as site:
        manage("demo", env=env)
        begun = time.monotonic()
        fill = ("synthesise", "--tracks", str(size), "--descriptors", "--yes")
        print(manage(*fill, env=env).splitlines()[-1])
        print(f"{size:,} pieces after {time.monotonic() - begun:.0f} s")
        found = manage("shell", "-v0", "-c", FOUND, env=env).split()
        named = dict(zip(("pk", "track", "artist", "release", "deep"), found, strict=True))
        loads = {}
        for name, path in PAGES.items():
            address = url + path.format(**named)
            loads[name] = measure(address, clients=1, seconds=SECONDS)
            loads[f"{name} × 8"] = measure(address, clients=8, seconds=SECONDS)
        print(f"web processes: {', '.join(f'{mib:.0f}' for mib in web_mib(site.pid))} MiB")
        return loads


def report(figures: dict[int, dict[str, Load]]) -> int:
    """Print p50 and p95 of each page at each size; return 1 where growth is over the goal."""
    sizes = list(figures)
    print(f"{'':24}" + "".join(f"{f'{size:,}':>20}" for size in sizes))
    missed = 0
    for name in figures[sizes[0]]:
        loads = [figures[size][name] for size in sizes]
        cells = "".join(f"{f'{load.p50_ms:.0f} / {load.p95_ms:.0f} ms':>20}" for load in loads)
        first, last = loads[0].p50_ms, loads[-1].p50_ms
        is_grown = "× 8" not in name and last > max(1.15 * first, first + 20)
        is_slow = name in {"suggest"} | {n for n in PAGES if n.startswith("search")} and (
            loads[-1].p95_ms > 100
        )
        missed += is_grown or is_slow
        print(f"{name:24}{cells}{'  grown' if is_grown else ''}{'  slow' if is_slow else ''}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
