"""`make lock`: compiles the pins, with hashes and without addresses.

uv resolves for Python 3.11 and later at once, so that one file fits 3.11.2 and 3.12 alike
(pip-compile writes down only what the interpreter at hand needs).
"""

import subprocess
import sys
from pathlib import Path

from config.setup import extras

OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--fork-strategy=fewest",
    "--generate-hashes",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=make lock",
    "--quiet",
]


def main() -> None:
    """Write requirements*.txt and package-lock.json."""
    uv = str(Path(sys.executable).with_name("uv"))
    compile_ = [uv, "pip", "compile", "pyproject.toml", "--extra=music", *OPTIONS]
    subprocess.run([*compile_, "--output-file=requirements.txt"], check=True)
    more = ["--extra=dev", "--constraint=requirements.txt", "--output-file=requirements-dev.txt"]
    subprocess.run([*compile_, *more], check=True)
    for name in extras.NAMES:
        beside = ["--constraint=requirements-dev.txt", f"--output-file={extras.locked(name)}"]
        wanted = "\n".join(extras.pins(name)).encode()
        subprocess.run([uv, "pip", "compile", "-", *OPTIONS, *beside], check=True, input=wanted)
    npm = ["npm", "install", "--package-lock-only", "--omit-lockfile-registry-resolved"]
    subprocess.run(npm, check=True)


if __name__ == "__main__":
    main()
