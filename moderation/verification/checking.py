"""Looking whether what somebody was asked to put somewhere is there.

Each look asks one or two places, in bounded time and size, through `config.lib.http` and
`config.lib.names`. What is found is told in a sentence that says how to mend it.
"""

from collections.abc import Callable
from typing import NamedTuple

from config.lib import markup, origins
from config.lib.http import Answer, FetchError, fetch
from config.lib.names import NamesError, texts
from moderation.models import Verification
from moderation.verification.rules import PLACE, RECORD, same_host

HTML = {"text/html", "application/xhtml+xml"}
BYTES_MOST = 512 * 1024
SECONDS = 8.0
REDIRECTS = 3


class Found(NamedTuple):
    """Whether it is there, and a sentence about it."""

    is_there: bool
    sentence: str


def look(row: Verification) -> Found:
    """Look whether what this verification asks for is there; by hand nothing is looked for."""
    try:
        return WAYS[row.method](row)
    except (FetchError, NamesError) as refusal:
        return Found(False, f"{row.subject}: {refusal.sentence}"[:400])


def _record(row: Verification) -> Found:
    name = RECORD + row.subject
    found = texts(name)
    if row.proof in [one.strip() for one in found]:
        return Found(True, f"The record at {name} is there.")
    if found:
        return Found(
            False,
            f"There are {len(found)} TXT records at {name}, and none of them is {row.proof}. "
            "Compare it letter by letter.",
        )
    return Found(
        False,
        f"There is no TXT record at {name} yet. New ones can take an hour until they are seen.",
    )


def _file(row: Verification) -> Found:
    url = f"https://{row.subject}{PLACE}"
    answer = _asked(url, {"text/plain"})
    if not _is_within(answer.url, row.subject):
        return Found(False, f"{url} leads away, to {answer.url[:150]}. Put the file there itself.")
    if answer.status != 200:
        return Found(False, f"{url} answers {answer.status}, so the file is not there yet.")
    lines = answer.body.decode("utf-8", "replace").splitlines()
    if row.proof in [line.strip() for line in lines]:
        return Found(True, f"The file at {url} is there.")
    return Found(False, f"{url} is there, but no line of it is {row.proof}.")


def _rel_me(row: Verification) -> Found:
    page = _page(row)
    if isinstance(page, Found):
        return page
    own = {_canonical(origin + row.person.get_absolute_url()) for origin in origins.all_origins()}
    links = [link for link in markup.read(page).links if _canonical(link.href) in own]
    if any("me" in link.rel for link in links):
        return Found(True, "The page links here with rel=“me”.")
    profile = origins.home() + row.person.get_absolute_url()
    if links:
        return Found(False, f"The page links to {profile}, but the link has no rel=“me”.")
    return Found(False, f"The page has no link to {profile}.")


def _profile(row: Verification) -> Found:
    page = _page(row)
    if isinstance(page, Found):
        return page
    if row.proof in markup.read(page).text:
        return Found(True, "The page carries the code.")
    return Found(False, f"The page is there, but {row.proof} is not to be read on it.")


WAYS: dict[str, Callable[[Verification], Found]] = {
    Verification.Method.DNS: _record,
    Verification.Method.FILE: _file,
    Verification.Method.REL_ME: _rel_me,
    Verification.Method.PROFILE: _profile,
}


def _asked(url: str, types: set[str]) -> Answer:
    return fetch(
        url,
        seconds=SECONDS,
        bytes_most=BYTES_MOST,
        redirects=REDIRECTS,
        types=types,
        schemes={"https"},
        headers={"accept": ", ".join(sorted(types))},
    )


def _page(row: Verification) -> bytes | Found:
    """Return the page's HTML, or why there is none."""
    answer = _asked(row.subject, HTML)
    if not same_host(answer.url, row.subject):
        return Found(False, f"It leads to {answer.url[:150]}. Name that page, if it is yours.")
    if row.code in answer.url:
        return Found(False, "Its address carries the code, so the page proves nothing.")
    if answer.status != 200:
        return Found(False, f"{row.subject} answers {answer.status}.")
    return answer.body


def _is_within(url: str, domain: str) -> bool:
    host = url.partition("//")[2].partition("/")[0].partition(":")[0].lower()
    return host == domain or host.endswith(f".{domain}")


def _canonical(url: str) -> str:
    scheme, _, rest = url.strip().partition("//")
    host, _, path = rest.partition("/")
    return f"{scheme.lower()}//{host.lower()}/{path}".rstrip("/")
