"""A sentence read as conditions: “slow songs in A minor with trumpet”. Fixed rules, no model.

Nothing of what is found here goes into it, so it tells nothing of what is closed; and what it has
understood is shown as chips, which anybody may drop.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tracks.search.grammar import CHIPS_MOST, Chip, Wanted, read

NOUN = r"\b(?:songs?|tracks?|pieces?|music|tunes?|recordings?)\b"
INSTRUMENTS_WORDS = """
accordion bagpipes banjo bass bassoon bells bongos bouzouki cello choir clarinet congas drums
drum-machine fiddle flute glockenspiel guitar harmonica harp harpsichord horn kalimba keyboard
lute lyre mandolin marimba oboe organ percussion piano recorder sampler saxophone sax sitar
strings synth synthesizer tabla trombone trumpet tuba ukulele vibraphone viola violin vocals voice
whistle xylophone zither
"""
INSTRUMENTS = INSTRUMENTS_WORDS.split()
KINDS_WORDS = """
acoustic ambient baroque blues chamber chillout choral classical country dance disco downtempo
drone dub dubstep electronic experimental folk funk gospel grunge hardcore house indie industrial
instrumental jazz klezmer latin lofi lounge metal minimal opera orchestral pop post-rock
psychedelic punk rap reggae rock samba shoegaze ska soul swing synthwave tango techno trance trap
waltz calm cheerful dark dreamy energetic gentle happy melancholic peaceful quiet sad warm
"""
KINDS = KINDS_WORDS.split()
FILLING = re.compile(
    rf"{NOUN}|\b(?:a|an|the|some|any|all|and|or|in|of|with|that|which|are|is|for|me|find|show|give"
    r"|play|i|want|need|like|please|something|from|by|at|have|has|having|beats?|bpm|a minute|but"
    r"|about)\b|[,.?!]",
    re.IGNORECASE,
)
ANY_OF = "|".join(sorted((re.escape(word) for word in INSTRUMENTS), key=len, reverse=True))
LIST = rf"(?:{ANY_OF})(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)(?:a\s+|an\s+)?(?:{ANY_OF}))*"
DECADES = {"fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990}
SIGNS = {"sharp": "#", "♯": "#", "#": "#", "flat": "b", "♭": "b", "b": "b"}


@dataclass(frozen=True)
class Rule:
    """What is looked for in a sentence, and the operators that it means."""

    pattern: re.Pattern[str]
    means: Callable[[re.Match[str]], list[str]]


def _rule(pattern: str, means: Callable[[re.Match[str]], list[str]] | str) -> Rule:
    said = means if callable(means) else (lambda _found, means=means: [means])
    return Rule(re.compile(pattern, re.IGNORECASE), said)


def _key(found: re.Match[str]) -> list[str]:
    sign = SIGNS.get((found["sign"] or "").lower(), "")
    return [f"key:{found['note'].upper()}{sign}{'m' if found['mode'].lower() == 'minor' else ''}"]


def _instruments(minus: str) -> Callable[[re.Match[str]], list[str]]:
    return lambda found: [
        f"{minus}tag:{word.lower()}" for word in re.findall(ANY_OF, found["list"], re.IGNORECASE)
    ]


def _decade(found: re.Match[str]) -> list[str]:
    begin = DECADES.get(found["named"].lower()) if found["named"] else None
    digits = found["digits"] or ""
    begin = begin or int(digits if len(digits) == 4 else f"{19 if digits[0] > '2' else 20}{digits}")
    return [f"year:{begin}..{begin + 9}"]


RULES = (
    _rule(
        r"\b(?:in\s+)?(?:the\s+key\s+of\s+)?\b(?P<note>[A-G])(?:[\s-]*(?P<sign>sharp|flat|♯|♭|#|b))?"
        r"[\s-]+(?P<mode>minor|major)\b",
        _key,
    ),
    _rule(
        r"\bbetween\s+(?P<a>\d{2,3})\s+and\s+(?P<b>\d{2,3})\s*(?:bpm|beats)\b",
        lambda it: [f"bpm:{it['a']}..{it['b']}"],
    ),
    _rule(
        r"\b(?:slower than|below|under)\s+(?P<a>\d{2,3})\s*bpm\b", lambda it: [f"bpm:..{it['a']}"]
    ),
    _rule(
        r"\b(?:faster than|above|over)\s+(?P<a>\d{2,3})\s*bpm\b", lambda it: [f"bpm:{it['a']}.."]
    ),
    _rule(
        r"\b(?:at|around|about)?\s*(?P<a>\d{2,3})\s*bpm\b",
        lambda it: [f"bpm:{int(it['a']) - 3}..{int(it['a']) + 3}"],
    ),
    _rule(r"\bvery slow\b", "bpm:..70"),
    _rule(r"\bvery fast\b", "bpm:160.."),
    _rule(r"\b(?:slow|slower)\b(?!\s+than)", "bpm:..90"),
    _rule(r"\b(?:fast|faster|quick|up-?tempo)\b(?!\s+than)", "bpm:130.."),
    _rule(r"\b(?:mid-?tempo|medium tempo)\b", "bpm:90..120"),
    _rule(
        r"\b(?:shorter than|under|less than)\s+(?P<a>\d{1,2})\s+minutes?\b",
        lambda it: [f"length:..{it['a']}:00"],
    ),
    _rule(
        r"\b(?:longer than|over|more than)\s+(?P<a>\d{1,2})\s+minutes?\b",
        lambda it: [f"length:{it['a']}:00.."],
    ),
    _rule(r"\bshort\b(?=.*" + NOUN + ")", "length:..2:00"),
    _rule(r"\blong\b(?=.*" + NOUN + ")", "length:8:00.."),
    _rule(
        r"\b(?:from|of)\s+the\s+(?:(?P<digits>\d{2}(?:\d0)?)(?:'|’)?s|(?P<named>"
        + "|".join(DECADES)
        + r"))\b",
        _decade,
    ),
    _rule(
        r"\bbetween\s+(?P<a>\d{4})\s+and\s+(?P<b>\d{4})\b",
        lambda it: [f"year:{it['a']}..{it['b']}"],
    ),
    _rule(r"\b(?:since|after)\s+(?P<a>\d{4})\b", lambda it: [f"after:{it['a']}"]),
    _rule(r"\bbefore\s+(?P<a>\d{4})\b", lambda it: [f"before:{it['a']}"]),
    _rule(r"\b(?:from|of|in)\s+(?P<a>\d{4})\b", lambda it: [f"year:{it['a']}"]),
    _rule(
        r"\b(?:with|that have|having)\s+(?P<a>stems|lyrics)\b",
        lambda it: [f"has:{it['a'].lower()}"],
    ),
    _rule(r"\b(?:downloadable|to download)\b", "has:download"),
    _rule(r"\b(?:under\s+)?(?:a\s+)?creative commons(?:\s+licen[cs]e)?\b", "licence:cc"),
    _rule(rf"\bwithout\s+(?:any\s+|a\s+|an\s+)?(?P<list>{LIST})\b", _instruments("-")),
    _rule(rf"\b(?:with|featuring|for|on)\s+(?:a\s+|an\s+)?(?P<list>{LIST})\b", _instruments("")),
    _rule(rf"\b(?P<list>{ANY_OF})\s+(?={NOUN[2:]})", _instruments("")),
    _rule(
        rf"\b(?P<kind>{'|'.join(KINDS)})\b(?=(?:[\s,]+\w+){{0,3}}[\s,]+{NOUN})",
        lambda it: [f"tag:{it['kind'].lower()}"],
    ),
)


def understood(wanted: Wanted) -> Wanted | None:
    """Return a sentence's words as conditions, with what remains; None where it is no sentence.

    It is one where something can be asked for, and a noun or a second condition says that it is
    meant so: “slow” alone is a word, and so is a title with quotes or operators around it.
    """
    text = wanted.text
    if wanted.chips or wanted.chosen_kind or '"' in text or " " not in text:
        return None
    rest, written = text, list[str]()
    for rule in RULES:
        while len(written) < CHIPS_MOST and (found := rule.pattern.search(rest)):
            written += rule.means(found)
            rest = f"{rest[: found.start()]} , {rest[found.end() :]}"
    has_noun = re.search(NOUN, text, re.IGNORECASE) is not None
    chips = _chips(written)
    if not chips or (len(chips) < 2 and not has_noun):
        return None
    remains = " ".join(FILLING.sub(" ", rest).split())
    return replace(wanted, text=remains, chips=chips, rewritten=True)


def _chips(written: list[str]) -> tuple[Chip, ...]:
    """Return the chips of operators; what cannot be asked for is none."""
    each = (read({"q": [one]}) for one in dict.fromkeys(written))
    return tuple(dict.fromkeys(chip for one in each for chip in one.chips))
