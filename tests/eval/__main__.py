"""Run with `make eval`: prints how well the archive hears and finds, and if it tells too much.

`--only hearing`, `--only recall` or `--only leaks`; `--quick` leaves out long music. 2,000
questions look for leaks where NEXUS_DEEP=1 is set, else 200. Speech and music come from
NEXUS_TEST_DATA. It ends with 1 where words were invented or a word of somebody else's came out.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("PYTEST_XDIST_WORKER", "eval")  # a state folder of its own
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

PARTS = ("recall", "leaks", "hearing")
MIB = 1 << 20


def main() -> None:
    """Print everything that was asked for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="without long music")
    options.add_argument("--only", choices=PARTS, help="one part of it")
    chosen = options.parse_args()
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    parts: dict[str, Any] = {"recall": recall, "leaks": leaks, "hearing": hearing}
    amiss = [name for name in PARTS if chosen.only in {None, name} and not parts[name](chosen)]
    sys.exit(1 if amiss else 0)


def recall(_chosen: argparse.Namespace) -> bool:
    """Print how often what was meant is found, by each machine that makes vectors here."""
    from assistant.providers.registry import MACHINES
    from tests.eval import corpus, recall, seams

    print(f"\nFinding: {len(corpus.questions())} questions over {len(corpus.pieces())} pieces")
    if not seams.CAN_FIND:
        print(f"  {seams.NO_FINDING}")
        return True
    tracks = corpus.build()
    for name in ("lexical", "local"):
        machine = MACHINES.embedders.get(name)
        if machine is None or not machine.is_there():
            print(f"  {name}: not installed here (requirements-extras.txt)")
            continue
        with seams.embedder(name):
            scores = recall.measure(name, tracks)
        whole = recall.total(scores)
        print(f"  {name}: {_share(whole.in_3, whole.asked)} among the first 3, ", end="")
        print(f"{_share(whole.in_10, whole.asked)} among the first 10; ", end="")
        print(f"moments {_share(whole.moments_right, whole.moments)}")
        for kind, score in scores.items():
            what = "found nothing" if kind == recall.NONE else "first 3"
            print(f"    {kind:13} {what} {_share(score.in_3, score.asked)}", end="")
            print(f", first 10 {_share(score.in_10, score.asked)}" if kind != recall.NONE else "")
            for line in score.missed:
                print(f"      missed: {line}")
    return True


def leaks(_chosen: argparse.Namespace) -> bool:
    """Print whether anybody was told of what is not theirs."""
    from tests.depth import depth
    from tests.eval import leaks, seams

    print("\nLeaks:", flush=True)
    if not seams.CAN_FIND:
        print(f"  {seams.NO_FINDING}")
        return True
    found = leaks.probe(depth(some=200, all_of_them=2_000))
    print(f"  {found.asked} questions, {found.answered} found what was theirs to find, ", end="")
    print(f"{len(found.leaks)} leaks")
    for line in found.leaks[:20]:
        print(f"    {line}")
    return not found.leaks


def hearing(chosen: argparse.Namespace) -> bool:
    """Print the error in words on speech, and the lines that were invented over music."""
    from assistant.providers.registry import MACHINES
    from tests.eval import hearing, seams

    print("\nHearing:", flush=True)
    speech = MACHINES.speech.get("local")
    if not seams.CAN_HEAR or speech is None or not speech.is_there():
        missing = "nobody hears here: see requirements-extras.txt"
        print(f"  {missing if seams.CAN_HEAR else seams.NO_HEARING}")
        return True
    with tempfile.TemporaryDirectory(prefix="nexus-eval-") as name:
        folder = Path(name)
        samples = hearing.samples(folder)
        for path, said in samples:
            found = hearing.hear(path, spoken=True)
            error = hearing.word_error(said, found.text)
            ends = f"last word ends {found.ends_ms / 1000:.2f} s"
            print(f"  {found.name}: word error {error:.1%}, {ends}")
        if not samples:
            print("  no speech here: set NEXUS_TEST_DATA, or install espeak-ng")
        invented = 0
        for path in hearing.instrumentals(folder, most_bytes=MIB if chosen.quick else 0):
            found = hearing.hear(path, spoken=False)
            invented += found.lines
            print(f"  {found.name}: {found.lines} lines invented {found.text[:60]!r}", flush=True)
        print(f"  {invented} lines invented in all")
    return not invented


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "none"


if __name__ == "__main__":
    main()
