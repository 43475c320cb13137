"""A proof is looked for at real servers, and whatever they answer is told in a sentence."""

from typing import Any

import pytest

from config.lib.problems import Problem
from moderation.models import Verification
from moderation.verification import checking, rules, services
from moderation.verification.checking import look
from social.models import User
from tests.moderation.verification.places import Places

pytestmark = pytest.mark.django_db
FILE = "example.org/.well-known/nexus.txt"
PAGE = "social.example/@ada"


@pytest.fixture
def begun(ada: User) -> Any:
    def make(method: str) -> Verification:
        subject = "example.org" if method in rules.OF_DOMAINS else f"https://{PAGE}"
        return services.begin(person=ada, method=method, subject=subject)

    return make


def test_a_record_of_a_domain(places: Places, begun: Any) -> None:
    row = begun("dns")
    assert "There is no TXT record at _nexus.example.org" in look(row).sentence
    places.records["_nexus.example.org"] = [["v=spf1"], ["nexus-verify=else"]]
    assert "There are 2 TXT records" in look(row).sentence
    places.records["_nexus.example.org"] = [["v=spf1"], [row.proof[:9], row.proof[9:]]]
    assert look(row).is_there


def test_a_name_server_that_is_mute_is_not_waited_for(
    places: Places, begun: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.lib.names.texts.__kwdefaults__", {"seconds": 0.5})
    places.is_mute = True
    found = look(begun("dns"))
    assert (found.is_there, "too long" in found.sentence) == (False, True)


def test_a_file_on_a_domain(places: Places, begun: Any) -> None:
    row = begun("file")
    assert "answers 404" in look(row).sentence
    places.put(FILE, f"hello\r\n  {row.proof}\r\n", "text/plain")
    assert look(row).is_there
    (_, headers) = places.asked[-1]
    assert headers["user-agent"].startswith("Nexus")
    assert "cookie" not in headers
    places.put(FILE, f"{row.proof}x", "text/plain")
    assert "no line of it" in look(row).sentence
    places.put(FILE, row.proof, "text/html")
    assert not look(row).is_there
    places.put("www.example.org/n.txt", row.proof, "text/plain")
    places.lead(FILE, "https://www.example.org/n.txt")
    assert look(row).is_there
    places.put("evil.example/n.txt", row.proof, "text/plain")
    places.lead(FILE, "https://evil.example/n.txt")
    assert "leads away" in look(row).sentence


@pytest.mark.parametrize(
    "there",
    [
        *("https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/"),
        *("https://10.0.0.1/", "https://[::ffff:10.0.0.1]/", "http://example.org/n.txt"),
        *("ftp://example.org/", "https://user@example.org/", "https://example.org:22/"),
    ],
)
def test_no_redirect_leads_inside_or_out_of_https(places: Places, begun: Any, there: str) -> None:
    row = begun("file")
    places.put("example.org/n.txt", row.proof, "text/plain")
    places.lead(FILE, there)
    asked = len(places.asked)
    assert not look(row).is_there
    assert len(places.asked) == asked + 1


def test_redirects_and_size_have_an_end(places: Places, begun: Any) -> None:
    row = begun("file")
    places.lead(FILE, "https://example.org/.well-known/nexus.txt")
    assert "too often" in look(row).sentence
    assert len(places.asked) == checking.REDIRECTS + 1
    places.put(FILE, "x" * (checking.BYTES_MOST + 1), "text/plain")
    assert "larger" in look(row).sentence


@pytest.mark.parametrize(
    "link",
    [
        '<a rel="me" href="{}">Ada</a>',
        "<p><A HREF='{}' REL='nofollow ME'>Ada</A>",
        '<head><link href="{}" rel="me"></head>',
    ],
)
def test_a_page_that_links_back(places: Places, begun: Any, link: str) -> None:
    row = begun("rel-me")
    places.put(PAGE, "<p>Nothing")
    assert "has no link to http://testserver/@ada" in look(row).sentence
    places.put(PAGE, '<a href="http://testserver/@ada">Ada</a>')
    assert "no rel=“me”" in look(row).sentence
    places.put(PAGE, link.format("http://testserver/@ada/"))
    assert look(row).is_there


@pytest.mark.parametrize(
    "page",
    [
        '<a rel="me" href="http://testserver/@adam/">',
        '<!-- <a rel="me" href="http://testserver/@ada/"> -->',
        '<script>"<a rel=\\"me\\" href=\\"http://testserver/@ada/\\">"</script>',
        '<p>&lt;a rel="me" href="http://testserver/@ada/"&gt;</p>',
        '<a rel="me" href="http://testserver.evil/@ada/">',
        '<textarea><a rel="me" href="http://testserver/@ada/"></textarea>',
    ],
)
def test_what_only_looks_like_a_link_proves_nothing(places: Places, begun: Any, page: str) -> None:
    places.put(PAGE, page)
    assert not look(begun("rel-me")).is_there


def test_a_profile_that_carries_the_code(places: Places, begun: Any) -> None:
    row = begun("profile")
    places.put(PAGE, f"<p>Ada. {row.proof}</p>")
    assert look(row).is_there
    for hidden in (f"<!-- {row.proof} -->", f"<script>{row.proof}</script>", row.code):
        places.put(PAGE, hidden)
        assert not look(row).is_there
    places.put(PAGE, f"<p>No such page: {row.proof}", status=404)
    assert "answers 404" in look(row).sentence
    places.put(f"social.example/{row.proof}", f"You asked for {row.proof}")
    places.lead(PAGE, f"https://social.example/{row.proof}")
    assert "proves nothing" in look(row).sentence
    places.put("evil.example/", row.proof)
    places.lead(PAGE, "https://evil.example/")
    assert "leads to https://evil.example/" in look(row).sentence


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Example.ORG", "example.org"),
        (" https://example.org/a?b ", "example.org"),
        ("example.org.", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_a_domain_is_kept_in_one_form(said: str, kept: str) -> None:
    assert rules.domain_of(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        *("", "localhost", "127.0.0.1", "10.1", "[::1]", "a..b", "-a.org", "a" * 300 + ".org"),
        *("exa mple.org", "testserver", "example.org@", "a.1", "\x00.org", ".", "*.org"),
    ],
)
def test_what_is_no_domain_is_refused(said: str) -> None:
    with pytest.raises(Problem) as refusal:
        rules.domain_of(said)
    assert (refusal.value.status, refusal.value.extra["field"]) == (422, "subject")


@pytest.mark.parametrize(
    "said",
    [
        *("http://example.org/", "example.org", "https://example.org/?q=1", "https://a@b.org/"),
        *("https://127.0.0.1/", "https://example.org:8443/", "https://[::1/", "javascript:1"),
        "https://testserver.example.org/" + "a" * 200,
    ],
)
def test_what_is_no_page_elsewhere_is_refused(said: str) -> None:
    with pytest.raises(Problem) as refusal:
        rules.page_of(said)
    assert refusal.value.type == "not-verifiable"
