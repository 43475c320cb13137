"""All tests, in as many processes as pays: `make test`, `make test-fast`, `make test-deep`.

Tests that mostly wait have one process more than there are cores; stop-watches run alone at the
end. `tests/stages.py` says which test belongs where. Few failures among those that wait or hold a
stop-watch are looked at once more, alone: what passes then is told as unsteady, not as failed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from xml.etree import ElementTree

CORES = max(2, min(os.cpu_count() or 2, 8))
STAGES = {
    "plain": (f"-n{CORES}", "--dist=worksteal"),
    "waiting": (f"-n{CORES + 1}", "--dist=worksteal"),
    "measured": (),
}

# What tries a hundred thousand cases is not stuck.
DEEP = ("-o", "faulthandler_timeout=3600")

# Where a busy machine can be to blame: DECISIONS.md 61. More than a few are no accident.
LOOKED_AT_AGAIN = {"waiting", "measured"}
FEW = 3


def main() -> int:
    """Run the stages; return 0 when everything has passed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("stages", nargs="*", choices=[[], *STAGES], metavar="stage")
    options.add_argument("--deep", action="store_true", help="whole counts instead of slices")
    chosen = options.parse_args()
    environment = os.environ | ({"NEXUS_DEEP": "1"} if chosen.deep else {})
    told: list[str] = []
    failed: list[str] = []
    unsteady: list[str] = []
    for name in chosen.stages or STAGES:
        begun = time.monotonic()
        words = (*STAGES[name], *(DEEP if chosen.deep else ()))
        wrong = _failures(name, environment, words)
        if name in LOOKED_AT_AGAIN and wrong != [name] and 0 < len(wrong) <= FEW:
            still = _failures(
                name, environment, ("--last-failed", "--last-failed-no-failures=none")
            )
            unsteady += [test for test in wrong if test not in still]
            wrong = still
        failed += wrong
        told.append(f"{name} {time.monotonic() - begun:.0f} s")
    for test in unsteady:  # again, since much was said in between
        print(f"UNSTEADY {test}")
    for test in failed:
        print(f"FAILED {test}")
    print(f"{'FAILED' if failed else 'passed'}: {', '.join(told)}")
    return int(bool(failed))


def _failures(stage: str, environment: dict[str, str], words: tuple[str, ...]) -> list[str]:
    """Run one stage; return the names of the tests that did not pass, or its own for no report."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        command = [sys.executable, "-m", "pytest", "-q", "-m", stage, *words]
        command.append(f"--junit-xml={report.name}")
        if subprocess.run(command, env=environment).returncode == 0:
            return []
        text = report.read()
    cases = ElementTree.fromstring(text).iter("testcase") if text else ()
    wrong = [
        case for case in cases if case.find("failure") is not None or case.find("error") is not None
    ]
    return [f"{case.get('classname')}::{case.get('name')}" for case in wrong] or [stage]


if __name__ == "__main__":
    sys.exit(main())
