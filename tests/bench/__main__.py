"""Run with `make bench`: prints a table and writes `bench.json` into the state folder.

`--quick` leaves out the hour-long piece. Music comes from NEXUS_TEST_DATA.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.report import show
from tests.bench.site import ROOT, environment, free_port, manage, running


def main() -> None:
    """Measure everything against one fresh site, and leave nothing behind but the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="without the one-hour piece")
    options.add_argument("--output", type=Path, default=ROOT / "var" / "bench.json")
    chosen = options.parse_args()
    data = Path(os.environ.get("NEXUS_TEST_DATA") or ROOT.parent / "shared" / "data")
    medley = data / "long" / "medley-5min.flac"
    if not medley.exists():
        sys.exit(f"The measurements need {medley.name}: set NEXUS_TEST_DATA to the music folder.")
    with tempfile.TemporaryDirectory(prefix="nexus-bench-") as folder:
        Path(folder).chmod(0o711)
        figures = _measure(medley, Path(folder), quick=chosen.quick)
    show(figures)
    chosen.output.parent.mkdir(parents=True, exist_ok=True)
    chosen.output.write_text(json.dumps(figures, indent=2) + "\n")


def _measure(medley: Path, folder: Path, *, quick: bool) -> dict[str, Any]:
    state = folder / "state"
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    env = environment(state, PORT=str(port))
    os.environ.update(env, DJANGO_SETTINGS_MODULE="config.settings")
    figures: dict[str, Any] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "processing": [],
    }
    with running([sys.executable, "manage.py", "up", "--port", str(port)], env, f"{base}/") as site:
        import django

        django.setup()
        from tests.bench import bare, catalogue, pages, processing

        token = manage("api_token", "bench", "--create", env=env).split()[-1]
        pieces = {"5 minutes": medley}
        if not quick:
            pieces["60 minutes"] = bare.one_hour(medley, folder)
        for name, source in pieces.items():
            row, answer = processing.measure(
                name, source, base=base, token=token, site_pid=site.pid, folder=folder
            )
            figures["processing"].append(row.row())
            print(name, row.row(), flush=True)
        version = catalogue.fill(answer["version"]["id"])
        figures["requests"] = pages.all_figures(version, state=state)
    return figures


if __name__ == "__main__":
    main()
