"""Whoever reads a log must not be able to use what passed by."""

import io
import logging
import sys
from typing import Any

import pytest
from django.test import RequestFactory

from config.lib.logs import HIDDEN, RedactFilter, Reporter, redact

SECRET = "q7Zk3vX0aB9-cD8_eF7gH6iJ5kL4mN3oP2qR1sT0uVw"

LEAKS = [
    f"GET /m/1800000000/std/{SECRET}/0192-ab/a1/master.m3u8 200",
    f"GET /t/{SECRET[:22]}/ 200",
    f"PUT /u/0192/3/?size=8&expires=9&signature={SECRET} 200",
    f"GET /api/v1/versions/0192/?token={SECRET}",
    f"GET https://s3.example/b/k?X-Amz-Expires=60&X-Amz-Signature={SECRET}&X-Amz-Date=1",
    f"GET https://s3.example/b/k?X-Amz-Credential={SECRET}%2F20260101",
    f"/accounts/password/reset/key/1-{SECRET}/",
    f"/accounts/confirm-email/{SECRET}/",
    f"token nxs_{SECRET} was used",
    f"{{'Authorization': 'Bearer {SECRET}'}}",
    f"Authorization: Basic {SECRET}",
    f"Cookie: a=b; sessionid={SECRET}; c=d",
    f"Cookie: __Host-sessionid={SECRET}",
    f"connecting to postgresql://nexus:{SECRET}@db:5432/nexus",
    f"redis://:{SECRET}@cache:6379/0",
]


@pytest.mark.parametrize("line", LEAKS)
def test_keys_do_not_reach_a_log(line: str) -> None:
    assert SECRET[:22] not in redact(line)
    assert HIDDEN in redact(line)


def test_what_is_no_key_stays_readable() -> None:
    line = "GET /m/1800000000/std/abc/0192-ab/a1/opus/segment_003.m4s 206 (range bytes=0-99)"
    assert redact(line).endswith("/0192-ab/a1/opus/segment_003.m4s 206 (range bytes=0-99)")
    plain = "Asset 0192-ab: three segments after 0.41 s, see /tracks/my-song/ and /tracks/t/x/"
    assert redact(plain) == plain


def test_the_filter_redacts_arguments_and_tracebacks() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RedactFilter())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    try:
        raise ValueError(f"/m/1/std/{SECRET}/x")
    except ValueError:
        logger.exception("fetching ?token=%s failed", SECRET)
    assert SECRET not in stream.getvalue()
    assert "fetching ?token=[hidden] failed" in stream.getvalue()
    assert "ValueError: /m/1/std/[hidden]/x" in stream.getvalue()


def test_every_handler_of_ours_has_the_filter() -> None:
    for handler in logging.getLogger().handlers:
        if type(handler).__module__.startswith("logging"):
            assert any(isinstance(one, RedactFilter) for one in handler.filters), handler


def test_error_reports_name_no_key(settings: Any) -> None:
    assert settings.DEFAULT_EXCEPTION_REPORTER == "config.lib.logs.Reporter"
    request = RequestFactory().get(
        f"/m/1/std/{SECRET}/x", {"token": SECRET}, headers={"Authorization": f"Bearer {SECRET}"}
    )
    try:
        signature = SECRET
        raise RuntimeError(f"broken at ?signature={signature}")
    except RuntimeError:
        reporter = Reporter(request, *sys.exc_info())
    assert SECRET not in reporter.get_traceback_text()
    assert SECRET not in reporter.get_traceback_html()
