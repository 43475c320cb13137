"""All tests, in as many processes as pays: `make test`, `make test-fast`, `make test-deep`.

Tests that mostly wait have one process more than there are cores; stop-watches run alone at the
end. `tests/stages.py` says which test belongs where.
"""

import argparse
import os
import subprocess
import sys
import time

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
    told, failed = [], False
    for name in chosen.stages or STAGES:
        begun = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "-m", name, *STAGES[name]]
        failed |= subprocess.run(command, env=environment).returncode != 0
        told.append(f"{name} {time.monotonic() - begun:.0f} s")
    print(f"{'FAILED' if failed else 'passed'}: {', '.join(told)}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
