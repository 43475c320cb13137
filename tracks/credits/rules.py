"""Reading an artist credit: which names it holds, and what stands between them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from config.lib.lines import one_line
from config.lib.problems import Problem
from tracks.keys_of_words import key_of
from tracks.models import Credit
from tracks.models.credit import NAME_MAX

ARTISTS_MOST = 20
CREDITS_MOST = 60
TEXT_MAX = 400
JOIN_MAX = 20
DETAIL_MAX = 80
URL_MAX = 300
# What may stand between two names. A word needs blanks around it; a capital X is a name's letter.
JOIN = re.compile(
    r"""\s*(?:
        [(\[]\s*(?:feat\.?|ft\.?|featuring|with)\s+   # (feat. somebody)
      | \s(?:(?i:feat\.?|ft\.?|featuring|with|vs\.?|versus|and)|x|×|/)\s+
      | [,;،、]\s*(?:(?:&|(?i:and))\s+)?
      | &\s*
    )""",
    re.VERBOSE,
)
QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]+)[”\"“»]")


@dataclass(frozen=True)
class Artist:
    """One of the artists; `join` is what stands before the next, blanks included.

    `credited_as` is how the name stands here, where that is not the name itself.
    """

    name: str
    join: str = ""
    credited_as: str = ""

    @property
    def shown(self) -> str:
        """Return the name as it stands here."""
        return self.credited_as or self.name


@dataclass(frozen=True)
class Said:
    """One credit beside the artists: who, as what, and where one finds more."""

    name: str
    role: str
    detail: str = ""
    url: str = ""
    credited_as: str = ""

    @property
    def shown(self) -> str:
        """Return the name as it stands here."""
        return self.credited_as or self.name

    @property
    def same(self) -> tuple[str, str, str]:
        """Return what makes two credits one: name, role and detail."""
        return key_of(self.name), self.role, key_of(self.detail)


def from_text(text: str, *, known: Callable[[str], bool] = lambda _text: False) -> list[Artist]:
    """Read “A feat. B & C” as names and what stands between them; none for an empty text.

    A name that holds such a word itself stays whole where it is in quotes (“Earth, Wind & Fire”)
    or where `known` says that it is one. The text of the names and joins is the text that was read,
    without the quotes.
    """
    names, joins = _parted(one_line(text)[: 2 * TEXT_MAX])
    if len(names) <= ARTISTS_MOST:  # more are refused, and would take their time
        names, joins = _whole(names, joins, known)
    return [Artist(name, join) for name, join in zip(names, [*joins, ""], strict=True) if name]


def flat(artists: Iterable[Artist]) -> str:
    """Return a credit as one text."""
    return "".join(f"{artist.shown}{artist.join}" for artist in artists)


def as_line(artists: Iterable[Artist]) -> str:
    """Return a credit as a line that `from_text` reads back: names with such words in quotes."""
    return "".join(f"{_quoted(artist.shown)}{artist.join}" for artist in artists)


def _quoted(name: str) -> str:
    return f"“{name}”" if len(_parted(name)[0]) > 1 else name


def _parted(text: str) -> tuple[list[str], list[str]]:
    """Return the names and what stands between them; what is in quotes is one name."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1].strip())
        return f"\0{len(kept) - 1}\0"

    text = QUOTED.sub(keep, text.replace("\0", ""))
    names, joins, at = [], [], 0
    for found in JOIN.finditer(text):
        if not text[at : found.start()].strip() or not text[found.end() :].strip():
            continue
        names.append(text[at : found.start()])
        joins.append(_join(found[0]))
        at = found.end()
    names.append(text[at:])
    return [_name(each, kept) for each in names], joins


def _name(text: str, kept: list[str]) -> str:
    for place, whole in enumerate(kept):
        text = text.replace(f"\0{place}\0", whole)
    closes = text.count(")") > text.count("(") or text.count("]") > text.count("[")
    return (text.strip().rstrip(")]") if closes else text).strip()


def _join(text: str) -> str:
    """Return what stands between two names with one blank where there were some."""
    word = " ".join(text.replace("(", "").replace("[", "").split())
    return f"{word} " if word[:1] in ",;،、" else f" {word} "


def _whole(
    names: list[str], joins: list[str], known: Callable[[str], bool]
) -> tuple[list[str], list[str]]:
    """Put together again what is known as one name: the longest first."""
    for length in range(len(names), 1, -1):
        for start in range(len(names) - length + 1):
            run = zip(names[start : start + length], [*joins[start:], ""], strict=False)
            one = "".join(f"{name}{join}" for name, join in run)
            if start + length <= len(joins):
                one = one.removesuffix(joins[start + length - 1])
            if known(one):
                before, after = names[:start], names[start + length :]
                joined = [*joins[:start], *joins[start + length - 1 :]]
                return _whole([*before, one, *after], joined, known)
    return names, joins


def checked_artists(artists: Iterable[Artist]) -> list[Artist]:
    """Return the artists as they are kept; a Problem with the sentence for what is refused."""
    kept = [
        Artist(one_line(each.name), _spaced(each.join), one_line(each.credited_as))
        for each in artists
    ]
    kept = [each for each in kept if each.name]
    if not kept:
        return []
    if len(kept) > ARTISTS_MOST:
        raise Problem("too-many-artists", f"Name up to {ARTISTS_MOST} artists.")
    for each in kept:
        _check_name(each.name, each.shown)
        if len(each.join) > JOIN_MAX:
            raise Problem("join-too-long", f"Between two names go up to {JOIN_MAX} letters.")
    # What stands behind the last one joins nothing; between two there is always something.
    joined = [Artist(a.name, a.join or ", ", a.credited_as) for a, _ in pairwise(kept)]
    kept = [*joined, Artist(kept[-1].name, "", kept[-1].credited_as)]
    if len(flat(kept)) > TEXT_MAX:
        raise Problem("credit-too-long", f"All names together have up to {TEXT_MAX} letters.")
    return kept


def _spaced(join: str) -> str:
    word = one_line(join)
    if not word:
        return ""
    return f"{word} " if word[:1] in ",;،、" else f" {word} "


def checked_credits(said: Iterable[Said]) -> list[Said]:
    """Return the credits as they are kept, each once; a Problem for what is refused."""
    kept: dict[tuple[str, str, str], Said] = {}
    for each in said:
        one = checked(each)
        kept.setdefault(one.same, one)
    if len(kept) > CREDITS_MOST:
        raise Problem("too-many-credits", f"There is room for {CREDITS_MOST} credits.")
    return list(kept.values())


def checked(said: Said) -> Said:
    """Return one credit as it is kept; a Problem for what is refused."""
    name, detail, url = one_line(said.name), one_line(said.detail), said.url.strip()
    _check_name(name, one_line(said.credited_as) or name)
    if said.role not in Credit.Role.values or said.role == Credit.Role.ARTIST:
        raise Problem("role-unknown", "Choose what they did from the list.")
    if len(detail) > DETAIL_MAX:
        raise Problem("detail-too-long", f"Say it in up to {DETAIL_MAX} letters.")
    if url and not _is_web(url):
        raise Problem("link-unreadable", "A link begins with https:// or http://.")
    return Said(name, said.role, detail, url, one_line(said.credited_as))


def _check_name(*names: str) -> None:
    for name in names:
        if not key_of(name):
            raise Problem("name-missing", "Say who it is.")
        if len(name) > NAME_MAX or len(key_of(name)) > 2 * NAME_MAX:
            raise Problem("name-too-long", f"A name has up to {NAME_MAX} letters.")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    clean = not any(letter.isspace() or ord(letter) < 32 for letter in url)
    named = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return clean and named and len(url) <= URL_MAX
