"""The site as it is, and one page more: an empty one behind all middleware."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
