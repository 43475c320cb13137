"""Settings of the tests: the real ones, over a state folder that no site of a person uses."""

import os

from config import embedded

if "NEXUS_TESTS" not in os.environ:
    os.environ["NEXUS_TESTS"] = "1"
    os.environ["NEXUS_VAR"] = str(embedded.state_dir() / "test")
    # A page kept for ten seconds would show one test what another one made.
    os.environ.setdefault("NEXUS_PAGE_CACHE_SECONDS", "0")
embedded.ensure()

from config.settings import *  # noqa: E402, F403

(embedded.state_dir() / "static").mkdir(exist_ok=True)  # where nothing is collected
