"""What every answer carries."""

import pytest
from django.test import Client, override_settings

from media_pipeline.delivery import media_url
from media_pipeline.storage import get_storage
from tests.claims import Door
from tests.factories.media_pipeline import AssetFactory, MediaFactory
from tests.factories.tracks import PublicTrackFactory

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
PAGES = [
    "/",
    "/accounts/login/",
    "/admin/login/",
    "/no-such-page/",
    "/api/v1/limits/",
    "/health/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PAGES, "/no%00page/"])
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


@pytest.mark.django_db(transaction=True)
def test_every_class_of_page_is_guarded_in_both_arrangements(arrangement: Door) -> None:
    track = PublicTrackFactory()
    for address in [*PAGES, track.get_absolute_url(), "/search/?q=a", f"/@{track.owner.handle}/"]:
        for _ in range(2):  # made, then kept
            headers = arrangement.ask(address).headers
            assert HEADERS.items() <= {name.title(): each for name, each in headers.items()}.items()
            assert "default-src 'none'" in headers["Content-Security-Policy"], address
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], address
            assert headers.get_list("X-Frame-Options") == ["DENY"], address
            assert headers.get("Server", "nginx") in {"nginx", "nexus"}, address
    frame = arrangement.ask(f"/embed/track/{track.pk}").headers
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert frame["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.django_db(transaction=True)
def test_music_is_guarded_in_both_arrangements(arrangement: Door) -> None:
    media = MediaFactory(asset=AssetFactory(attempt="a1", extras_attempt="a2"))
    key = f"transcodes/{media.asset_id}/a2/mp3_320.mp3"
    get_storage().write(key, b"music" * 1000, content_type="audio/mpeg")
    try:
        answer = arrangement.ask(media_url(media, "a2", "mp3_320.mp3"))
        assert answer.content == b"music" * 1000
    finally:
        get_storage().delete(key)
    headers = answer.headers
    assert headers.get_list("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert headers.get_list("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_list("Access-Control-Allow-Origin") == ["*"]
    assert headers.get_list("tdm-reservation") == ["1"]
    assert arrangement.ask(f"/_media/{key}").status_code == 404
