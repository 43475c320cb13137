"""What can be verified, how long that holds, and when it is looked at again."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from config.lib import origins
from config.lib.lines import one_line
from config.lib.problems import Problem
from moderation.cases.rules import DECIDE
from moderation.models import Verification
from tracks.parties import Question

LIVES = timedelta(days=365)
AGAIN_AFTER = timedelta(days=7)  # so often is looked whether it is still there
WARNED_FOR = timedelta(days=14)  # so long may it be missing before it ends
BEFORE_END = timedelta(days=30)  # who was verified by hand is told so long before
KEPT_FOR = timedelta(days=365)  # what has ended, before it is forgotten
LIVE_MOST = 10  # of one person
PLACE = "/.well-known/nexus.txt"
RECORD = "_nexus."

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"(?:{LABEL}\.){{1,9}}(?!\d+\Z){LABEL}", re.ASCII)
DOMAIN_CHARS = 190
Method = Verification.Method
OF_DOMAINS = {Method.DNS, Method.FILE}
OF_PAGES = {Method.REL_ME, Method.PROFILE}


def subject_of(method: str, said: str) -> str:
    """Return what is to be verified, as it is kept. Raises Problem `not-verifiable`."""
    if method in OF_DOMAINS:
        return domain_of(said)
    if method in OF_PAGES:
        return page_of(said)
    name = one_line(said)[: Verification._meta.get_field("subject").max_length or 0].strip()
    if not name:
        _refuse("Say who you are.")
    return name


def domain_of(said: str) -> str:
    """Return the domain in a text, in small letters and as machines write it (RFC 5890)."""
    text = one_line(said).strip().lower()
    text = text.partition("//")[2] or text
    host = re.split(r"[/?#:]", text, maxsplit=1)[0].rstrip(".")
    try:
        host = host.encode("idna").decode() if host else ""
    except UnicodeError:
        host = ""
    if len(host) > DOMAIN_CHARS or not DOMAIN.fullmatch(host):
        _refuse("Write a domain, like example.org.")
    _refuse_own(host)
    return host


def page_of(said: str) -> str:
    """Return the address of a page elsewhere, without what follows a question mark.

    What a page is asked for it may repeat, as a search does: so it is asked for nothing.
    """
    text = one_line(said).strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        _refuse("Write the address of a page, like https://example.social/@you.")
    host = domain_of(parts.hostname or "-")
    if parts.scheme.lower() != "https" or port not in {None, 443} or "@" in parts.netloc:
        _refuse("Write the address of a page that begins with https://.")
    if parts.query:
        _refuse("Write the address without the question mark and what follows it.")
    page = f"https://{host}{parts.path or '/'}"
    if len(page) > DOMAIN_CHARS or not page.isascii():
        _refuse("This address is too long, or not as machines write it. Copy it from the page.")
    return page


def may_verify(user: Any) -> bool:
    """Tell whether this person verifies by hand, and revokes: moderators do."""
    return bool(user.acts_as_staff and user.has_perm(DECIDE))


def question_of(row: Any) -> Question:
    """Return what is decided where a moderator verifies, refuses or revokes: nobody themselves."""
    return Question(row, {row.person_id: row.created_at}, DECIDE)


def same_host(one: str, other: str) -> bool:
    """Tell whether two addresses are of one site, with `www.` in front or without."""
    hosts = [(urlsplit(each).hostname or "").removeprefix("www.") for each in (one, other)]
    return hosts[0] == hosts[1]


def _refuse_own(host: str) -> None:
    own = {origins.name_of(origin) for origin in origins.all_origins()}
    if host in own:
        _refuse("This is here. Name a place elsewhere that is yours.")


def _refuse(sentence: str) -> None:
    raise Problem("not-verifiable", sentence, status=422, field="subject")
