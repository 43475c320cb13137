"""What every answer carries."""

import base64
import hashlib
import re

import pytest
from django.conf import settings
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


def test_the_policy_allows_wavesurfers_style_and_only_that() -> None:
    """When this fails after an update, the message holds the hash to put into the settings."""
    library = settings.BASE_DIR / "node_modules/wavesurfer.js/dist/wavesurfer.esm.js"
    drawing = (settings.BASE_DIR / "static/js/lib/drawing.js").read_text()
    height = re.search(r"STYLE_HEIGHT = (\d+)", drawing)
    style = re.search(r"<style\$\{.*?\"\"\}>(.*?)</style>", library.read_text(), re.DOTALL)
    assert height, "drawing.js must fix the height that stands in wavesurfer's style"
    assert style, "wavesurfer no longer writes a <style>: the hash can go"
    text = style[1].replace(r"\n", "\n")
    text = re.sub(r"\$\{this\.getHeight\([^}]*\)\}", height[1], text)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert f"'sha256-{digest}'" == settings.WAVESURFER_STYLE
