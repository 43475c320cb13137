"""What every answer carries."""

import pytest
from django.test import Client, override_settings

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
PAGES = ["/", "/accounts/login/", "/admin/login/", "/no-such-page/", "/api/v1/limits/", "/health/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_every_class_of_page_is_guarded(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert HEADERS.items() <= dict(headers).items()
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert "*" not in policy
    assert "Server" not in headers


@pytest.mark.django_db
def test_behind_tls_browsers_are_told_to_stay() -> None:
    with override_settings(SECURE_HSTS_SECONDS=63_072_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        answer = Client().get("/health/", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


@pytest.mark.django_db
def test_no_style_and_no_script_is_inline(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    directives = dict(each.split(" ", 1) for each in policy.split("; ") if " " in each)
    assert directives["style-src"] == directives["script-src"] == "'self'"
