"""Settings of the tests: the real ones, over a state folder that no site of a person uses."""

import os

from config import embedded

# Each process of a parallel run has a PostgreSQL, a Redis and a media folder of its own.
WHO = os.environ.get("PYTEST_XDIST_WORKER", "test")
if os.environ.get("NEXUS_TESTS") != WHO:
    os.environ["NEXUS_TESTS"] = WHO
    os.environ["NEXUS_VAR"] = str(embedded.state_dir() / WHO)
    # A page kept for ten seconds would show one test what another one made.
    os.environ.setdefault("NEXUS_PAGE_CACHE_SECONDS", "0")
    # Hearing takes seconds: a test that is about it says so.
    os.environ.setdefault("NEXUS_SPEECH", "none")
embedded.ensure()

from config.settings import *  # noqa: E402, F403

SITE_ORIGINS = ["http://testserver", "http://127.0.0.1"]

(embedded.state_dir() / "static").mkdir(exist_ok=True)  # where nothing is collected
