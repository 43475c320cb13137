"""What a piece might be called whose title is but the name of its file."""

import re

from assistant.suggestions.rules.sentences import split

FIRST_MOST = 60
ENDING = re.compile(r"\.(?:wav|wave|flac|aiff?|mp3|m4a|ogg|opus|aac|wma)$", re.IGNORECASE)
# “01 Song”, “3 - Song”, “Track 12_Song”; “99 Luftballons” is a title.
NUMBER = re.compile(
    r"^(?:(?:track|audio|cd) ?\d{1,3}[ _\-.)]+|\d{1,3} ?[_\-.)][ _\-.)]*|0\d +)(?=[^\W\d_])",
    re.IGNORECASE,
)
# What recorders and programs call things by themselves, and dates.
NAMELESS = re.compile(
    r"(?:new |neue )?(?:untitled|recording|aufnahme|enregistrement|grabación|audio|track|take|rec|"
    r"voice(?: memo)?|memo|sound|image|img|vid|file|master|mix|bounce|export|output|test|zoom|dr|"
    r"mono|stereo|unbenannt|sans titre|ohne titel|[\s\d:.,()#tz]|-)+",
    re.IGNORECASE,
)
LEFT_OVER = re.compile(
    r"[\s\-(\[]+(?:final|master(?:ed)?|mix(?:down)?|bounce|export|v\d{1,3}|rev\d{1,2}|\d{2}bit|"
    r"(?:44|48|96)(?:[.,]1)?k?(?:hz)?)[)\]]?$",
    re.IGNORECASE,
)
MARKS = re.compile(r"[_+]+|(?<=\w)-(?=\w)|(?<=\w)\.(?=\w)")


def is_of_file(title: str) -> bool:
    """Tell whether a title looks like the name of a file, or says nothing."""
    plain = " ".join(title.split())
    return bool(
        ENDING.search(plain)
        or "_" in plain
        or NUMBER.match(plain)
        or LEFT_OVER.search(plain)
        or NAMELESS.fullmatch(plain)
        or (" " not in plain and plain.count("-") > 1)
    )


def of_file(name: str) -> str:
    """Return what is left of a file's name as a title; empty where it says nothing."""
    words = NUMBER.sub("", ENDING.sub("", " ".join(name.split())[:255]))
    words = " ".join(MARKS.sub(" ", words).split())
    for _ in range(4):
        shorter = LEFT_OVER.sub("", words).strip(" -")
        if shorter == words:
            break
        words = shorter
    if not words or NAMELESS.fullmatch(words):
        return ""
    return words[:1].upper() + words[1:] if words.islower() else words


def first_words(text: str) -> str:
    """Return the first sentence or line of a text as a title; empty where there is no short one."""
    for sentence in split(text[:4000])[:3]:
        words = sentence.strip(" .!…。\"'“”«»")
        if 3 <= len(words) <= FIRST_MOST:
            return words
    return ""


def title(*, now: str, of_music: str, file_name: str, texts: list[str], is_guessed: bool) -> str:
    """Return a better title than what stands there, or nothing: an owner's own words are let be."""
    if not is_guessed and not is_of_file(now):
        return ""
    found = [of_music, of_file(file_name), of_file(now), *(first_words(text) for text in texts)]
    return next((words for words in found if words.strip() and not is_of_file(words)), "")
