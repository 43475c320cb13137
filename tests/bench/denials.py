"""What decisions in force cost the pages of music: `python -m tests.bench.denials`.

One library of made-up pieces (`--tracks`, 30,000 for nothing said), asked without the cache of
whole pages: with no decision, with 1,000 and with 10,000 in force. Prints p50 of each page and its
ratio to none; returns 1 where a page with 1,000 takes more than 1.5 times as long.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.large import FOUND, PAGES
from tests.bench.load import Load, measure
from tests.bench.site import environment, free_port, manage, running

SECONDS = 2.0
IN_FORCE = (0, 1_000, 10_000)
MOST_RATIO, SPARE_MS = 1.5, 5.0
WITHOUT = {"counts, one letter", "search, one letter", "release", "artist", "API harmony"}
ASKED = {name: path for name, path in PAGES.items() if name not in WITHOUT}
# Of pieces in the order of their ids, spread over all of them: three of four as tracks, one as a
# version; the one whose page is asked stays open.
DECIDE = """
from django.db import connection
from social.models import User
from moderation.models import Case, Decision
from tracks.models import Track
wanted, spared = {number}, "{pk}"
by = User.objects.filter(is_superuser=True).first() or User.objects.first()
there = Decision.objects.count()
rows = Track.objects.exclude(pk=spared).order_by("pk")
step = max(1, rows.count() // {most})
keys = list(rows.values_list("pk", "primary_version_id", "owner_id", "title"))[::step]
keys = keys[there:wanted]
cases, made = [], []
for n, (pk, version, owner, title) in enumerate(keys):
    scope, target = ("version", version) if n % 4 == 3 else ("track", pk)
    case = Case(target=scope, target_id=target, title=title[:200], person_id=owner, reason="hate",
                state="closed", due_at="2026-01-01T00:00:00Z", closed_at="2026-01-01T00:00:00Z")
    cases.append(case)
    made.append(Decision(case=case, by=by, person_id=owner, kind="hide", scope=scope,
                target_id=target, title=title[:200], facts="x", source="own", ground="terms",
                clause="x", redress="x"))
Case.objects.bulk_create(cases, batch_size=2000)
Decision.objects.bulk_create(made, batch_size=2000)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
print(Decision.objects.in_force().count())
"""


def main() -> int:
    """Measure; return 1 where a page grows by more than it may."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tracks", type=int, default=30_000)
    options.add_argument("--state", type=Path, help="a folder that is kept, to go on from")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        figures = measured(chosen.tracks, chosen.state or Path(made))
    return report(figures)


def measured(tracks: int, state: Path) -> dict[int, dict[str, Load]]:
    """Return what each page does, by how many decisions are in force."""
    port = free_port()
    env = environment(state, NEXUS_PAGE_CACHE_SECONDS="0")
    url, figures = f"http://127.0.0.1:{port}", {}
    with running([sys.executable, "manage.py", "up", "--port", str(port)], env, f"{url}/"):
        manage("demo", env=env)
        manage("synthesise", "--tracks", str(tracks), "--descriptors", "--yes", env=env)
        found = manage("shell", "-v0", "-c", FOUND, env=env).split()
        named = dict(zip(("pk", "track", "artist", "release", "deep"), found, strict=True))
        for number in IN_FORCE:
            script = DECIDE.format(number=number, pk=named["pk"], most=IN_FORCE[-1])
            print(manage("shell", "-v0", "-c", script, env=env).strip(), "decisions in force")
            figures[number] = {
                name: measure(url + path.format(**named), clients=1, seconds=SECONDS)
                for name, path in ASKED.items()
            }
    return figures


def report(figures: dict[int, dict[str, Load]]) -> int:
    """Print p50 of each page and its ratio to none in force; return 1 where one is too large."""
    missed = 0
    print(f"{'':24}" + "".join(f"{f'{number:,} in force':>24}" for number in figures))
    for name in ASKED:
        plain = figures[0][name].p50_ms
        cells = ""
        for number, loads in figures.items():
            p50 = loads[name].p50_ms
            is_grown = number == IN_FORCE[1] and p50 > max(MOST_RATIO * plain, plain + SPARE_MS)
            missed += is_grown
            cells += f"{f'{p50:.1f} ms, × {p50 / plain:.2f}':>24}{' grown' if is_grown else ''}"
        print(f"{name:24}{cells}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
