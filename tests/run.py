"""All tests, in as many processes as pays: `make test`, `make test-fast`, `make test-deep`.

Tests that mostly wait have one process more than there are cores; stop-watches run alone at the
end. `tests/stages.py` says which test belongs where.
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


def main() -> int:
    """Run the stages; return 0 when everything has passed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("stages", nargs="*", choices=[[], *STAGES], metavar="stage")
    options.add_argument("--deep", action="store_true", help="whole counts instead of slices")
    chosen = options.parse_args()
    environment = os.environ | ({"NEXUS_DEEP": "1"} if chosen.deep else {})
    told: list[str] = []
    failed: list[str] = []
    for name in chosen.stages or STAGES:
        begun = time.monotonic()
        failed += _failures(name, environment)
        told.append(f"{name} {time.monotonic() - begun:.0f} s")
    for test in failed:  # again, since much was said in between
        print(f"FAILED {test}")
    print(f"{'FAILED' if failed else 'passed'}: {', '.join(told)}")
    return int(bool(failed))


def _failures(stage: str, environment: dict[str, str]) -> list[str]:
    """Run one stage; return the names of the tests that did not pass."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as report:
        command = [sys.executable, "-m", "pytest", "-q", "-m", stage, *STAGES[stage]]
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
