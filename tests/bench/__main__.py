"""Run with `make bench`: prints tables and writes `bench.json` into the state folder.

`--quick` leaves out the hour-long piece, `--only player` everything but the player and the review
room, `--only money` everything but what is given. Music comes from NEXUS_TEST_DATA.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import idle, money
from tests.bench.report import show
from tests.bench.site import ROOT, environment, free_port, manage, running

PARTS = ("processing", "player", "money")


def main() -> None:
    """Measure everything against one fresh site, and leave nothing behind but the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="without the one-hour piece")
    options.add_argument("--only", choices=PARTS, help="one part of the measurements")
    options.add_argument("--output", type=Path, default=ROOT / "var" / "bench.json")
    chosen = options.parse_args()
    data = Path(os.environ.get("NEXUS_TEST_DATA") or ROOT.parent / "shared" / "data")
    medley = data / "long" / "medley-5min.flac"
    if not medley.exists():
        sys.exit(f"The measurements need {medley.name}: set NEXUS_TEST_DATA to the music folder.")
    parts = {chosen.only} if chosen.only else set(PARTS)
    with tempfile.TemporaryDirectory(prefix="nexus-bench-") as folder:
        Path(folder).chmod(0o711)
        figures = _measure(data, Path(folder), parts, quick=chosen.quick)
    show(figures)
    chosen.output.parent.mkdir(parents=True, exist_ok=True)
    chosen.output.write_text(json.dumps(figures, indent=2) + "\n")


def _measure(data: Path, folder: Path, parts: set[str], *, quick: bool) -> dict[str, Any]:
    state = folder / "state"
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    env = environment(state, PORT=str(port), **money.ENVIRONMENT)
    os.environ.update(env, DJANGO_SETTINGS_MODULE="config.settings")
    figures: dict[str, Any] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
    }
    with running([sys.executable, "manage.py", "up", "--port", str(port)], env, f"{base}/") as site:
        import django

        django.setup()
        token = manage("api_token", "bench", "--create", env=env).split()[-1]
        medley = data / "long" / "medley-5min.flac"
        if "processing" in parts:
            figures["idle"] = idle.measure(site.pid, state, seconds=30 if quick else 60)
            print("idle", figures["idle"], flush=True)
            figures |= _processing(medley, folder, base, token, site.pid, quick=quick)
        if "player" in parts:
            figures |= _player(data, folder, base, token)
        if "money" in parts:
            figures["money"] = money.measure(base)
            print("money", figures["money"], flush=True)
    return figures


def _processing(
    medley: Path, folder: Path, base: str, token: str, site_pid: int, *, quick: bool
) -> dict[str, Any]:
    """Return what the pipeline and the pages take."""
    from tests.bench import bare, catalogue, pages, processing, text

    pieces = {"5 minutes": medley}
    if not quick:
        pieces["60 minutes"] = bare.one_hour(medley, folder)
    rows = []
    for name, source in pieces.items():
        row, answer = processing.measure(
            name, source, base=base, token=token, site_pid=site_pid, folder=folder
        )
        rows.append(row.row())
        print(name, rows[-1], flush=True)
    version = catalogue.fill(answer["version"]["id"])
    return {
        "processing": rows,
        "text": text.measure(),
        "requests": pages.all_figures(version, state=folder / "state"),
    }


def _player(data: Path, folder: Path, base: str, token: str) -> dict[str, Any]:
    """Return what a listener hears and what a reviewer waits for."""
    from tests.bench import alike, carry_over, embed, listening, notes, storm, switching
    from tests.bench.processing import upload

    source = data / "music" / "02-sugar-plum-fairy.ogg"
    answer = upload(source, base=base, token=token)
    listening.ready(answer, base=base)
    track = answer["track"]["id"]
    figures: dict[str, Any] = {}
    measures = {
        "notes": lambda: notes.measure(base, track, token),
        "storm": lambda: storm.measure(base),
        "embed": lambda: embed.measure(f"{base}/embed/track/{track}"),
        "listening": lambda: listening.measure(base=base, token=token, folder=folder),
        "switching": lambda: switching.measure(data, base=base, token=token, folder=folder),
        "carrying": lambda: carry_over.measure(data, folder),
        "alike": lambda: alike.measure(data, folder),
    }
    for name, measure in measures.items():
        figures[name] = measure()
        print(name, figures[name], flush=True)
    return figures


if __name__ == "__main__":
    main()
