"""What a tag may be, and which words are genres, moods or instruments without anybody saying so."""

import re
from collections.abc import Iterable

from config.lib.lines import one_line
from config.lib.problems import Problem
from tracks.keys_of_words import key_of
from tracks.models import Tag
from tracks.models.tag import TAG_MAX

MOST = 30  # on one track
PARTED = re.compile(r"[,;\n،、]")
PARTED_IN_FILES = re.compile(r"[,;/\0|]")
MARKS = re.compile(r"[-_.·/\s]+")
NUMBERED = re.compile(r"\(?\d+\)?")  # an ID3v1 genre by its number
GENRES = """
    acoustic ambient baroque bluegrass blues bossa nova breakbeat chamber music chanson chiptune
    classical country dance disco downtempo drill drone drum and bass dub dubstep edm electro
    electronic experimental field recording flamenco folk funk fusion garage gospel grime grunge
    hardcore hip hop house idm indie industrial jazz jungle klezmer krautrock latin lo fi metal
    minimal musique concrete new age noise opera orchestral pop post punk post rock psychedelic punk
    ragtime rap reggae rnb rock romantic salsa samba shoegaze singer songwriter ska soul soundtrack
    swing synth pop tango techno trance trap trip hop vaporwave waltz world
"""
MOODS = """
    aggressive angry calm cheerful cold dark dreamy dramatic energetic epic happy hopeful intimate
    joyful melancholic mellow mysterious nostalgic peaceful playful relaxed restless
    sad serious slow tender tense uplifting warm wild
"""
INSTRUMENTS = """
    accordion bagpipes banjo bass bassoon cello choir clarinet double bass drum machine drums flute
    french horn guitar harp harpsichord kalimba mandolin marimba oboe organ oud percussion piano
    recorder sampler saxophone sitar strings synthesizer trombone trumpet tuba turntables ukulele
    vibraphone viola violin voice vocals
"""
TWO_WORDS = (
    *("bossa nova", "chamber music", "drum and bass", "field recording", "hip hop", "lo fi"),
    *("musique concrete", "new age", "post punk", "post rock", "singer songwriter", "synth pop"),
    *("trip hop", "double bass", "drum machine", "french horn"),
)


def _words(text: str) -> set[str]:
    line = " ".join(text.split())
    whole = {words for words in TWO_WORDS if words in line}
    for words in whole:
        line = line.replace(words, "")
    return whole | set(line.split())


KNOWN = {
    **dict.fromkeys(_words(MOODS), Tag.Kind.MOOD),
    **dict.fromkeys(_words(INSTRUMENTS), Tag.Kind.INSTRUMENT),
    **dict.fromkeys(_words(GENRES), Tag.Kind.GENRE),
}


def tag_key(text: str) -> str:
    """Return the key of a tag: “Hip-Hop”, “hip hop” and “#hip_hop” are one. Plurals are not."""
    return " ".join(MARKS.sub(" ", key_of(text).removeprefix("#")).split())


def tag_name(text: str) -> str:
    """Return a tag as it is shown. Raises a Problem for what cannot be one."""
    name = one_line(text).removeprefix("#").strip()
    key = tag_key(name)
    if not key:
        raise Problem("tag-empty", "A tag is a word or two.")
    if len(name) > TAG_MAX or len(key) > 2 * TAG_MAX:
        raise Problem("tag-too-long", f"A tag has up to {TAG_MAX} letters.")
    return name


def names_in(text: str) -> list[str]:
    """Return the tags of a text in which commas part them, each once. Raises Problem."""
    return checked(part for part in PARTED.split(text) if part.strip())


def checked(names: Iterable[str]) -> list[str]:
    """Return these tags as they are shown, each once, at most 30. Raises Problem."""
    kept: dict[str, str] = {}
    for text in names:
        name = tag_name(text)
        kept.setdefault(tag_key(name), name)
        if len(kept) > MOST:
            raise too_many()
    return list(kept.values())


def too_many(title: str = "") -> Problem:
    """Return the refusal of one tag too many."""
    where = f"“{title}” has" if title else "A track has"
    return Problem("too-many-tags", f"{where} up to {MOST} tags. Take one away first.")


def kind_of(key: str, said: str = "") -> str:
    """Return what kind of word it is: as everybody knows, else as was said, else a free one."""
    return KNOWN.get(key) or said or Tag.Kind.FREE


NOT_SAID = {"other", "unknown", "none", "misc", "genre"}  # what programs write for no genre


def genres_in_file(text: str) -> list[str]:
    """Return the genres that a file says it is of: up to five words, none that are too long."""
    found = []
    for part in PARTED_IN_FILES.split(text[:400]):
        name = one_line(re.sub(r"^\(\d+\)", "", part.strip()))
        if name.lower() in NOT_SAID:
            continue
        if name and not NUMBERED.fullmatch(name) and tag_key(name) and len(name) <= TAG_MAX:
            found.append(name)
    return found[:5]
