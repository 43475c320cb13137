"""What is taken of an answer: what stands in the material, is new, and was not refused before."""

from collections.abc import Collection, Mapping

from assistant.suggestions.formats import Kind, Material, Value
from assistant.suggestions.rules.checks import is_of, is_summary_of, sources
from config.lib.problems import Problem
from tracks.languages import language
from tracks.tags.rules import KNOWN, MOODS, tag_key, tag_name

FENCE = "```"
MUSIC, FILE, FILE_TAGS, TITLE = "music", "file", "file-tags", "title"
FROM = {
    "description": "the description",
    "lyrics": "the lyrics",
    "transcript": "what is heard",
    TITLE: "the title",
    MUSIC: "tempo, key and loudness",
    FILE: "the name of the file",
    FILE_TAGS: "what the file says of itself",
}


def bare(text: str) -> str:
    """Return an answer without the fence that some models put around JSON."""
    plain = text.strip()
    if plain.startswith(FENCE) and plain.endswith(FENCE) and "\n" in plain:
        plain = plain.removesuffix(FENCE).partition("\n")[2].strip()
    return plain


def kept(answer: Mapping[Kind, Value], material: Material) -> dict[Kind, Value]:
    """Return what of an answer follows from its material."""
    found = {}
    text = "\n".join([*_texts(material).values()])
    for kind, value in answer.items():
        right = _right(kind, value, material, text)
        if right:
            found[kind] = right
    return found


def new(
    answer: Mapping[Kind, Value],
    there: Mapping[Kind, Collection[str]],
    refused: Mapping[Kind, set[str]],
) -> dict[Kind, Value]:
    """Return what neither stands there already (keys of words) nor was refused before."""
    found: dict[Kind, Value] = {}
    for kind, value in answer.items():
        known = {*there[kind], *refused[kind]}
        if isinstance(value, str):
            left: Value = value if tag_key(value) not in known else ""
        else:
            left = [word for word in value if tag_key(word) not in known]
        if left:
            found[kind] = left
    return found


def there(
    title: str, description: str, said_language: str, tags: set[str]
) -> dict[Kind, Collection[str]]:
    """Return by kind the keys of what is said of a piece already."""
    return {
        Kind.TITLE: {tag_key(title)},
        Kind.SUMMARY: {tag_key(description)},
        Kind.TAGS: tags,
        Kind.MOOD: tags,
        Kind.LANGUAGE: {tag_key(said_language)} if said_language else (),
    }


def sources_of(kind: Kind, value: Value, material: Material) -> list[str]:
    """Return of what this was made, by names of `FROM`."""
    if kind == Kind.MOOD:
        return [MUSIC]
    words = value if isinstance(value, str) else "\n".join(value)
    if kind == Kind.LANGUAGE:
        return [name for name in ("lyrics", "transcript") if name in material.texts]
    texts = _texts(material)
    if kind == Kind.SUMMARY:
        texts = material.texts
    elif kind == Kind.TITLE:
        # The nearest one: a name that the file gives is not also found in what is sung.
        for name in (FILE_TAGS, FILE, *material.texts):
            if name in texts and is_of(words, texts[name]):
                return [name]
    return sources(words, texts, "")


def _texts(material: Material) -> dict[str, str]:
    beside = {TITLE: material.title, FILE: material.file_name, FILE_TAGS: material.of_music}
    return {**material.texts, **{name: text for name, text in beside.items() if text}}


def _right(kind: Kind, value: Value, material: Material, text: str) -> Value:
    if isinstance(value, list):
        if kind == Kind.MOOD:
            return [word for word in value if KNOWN.get(word) and word in MOODS.split()]
        own = f"{material.title}\n{material.description}"
        texts = {word: own if tag_key(word) in KNOWN else text for word in value}
        return [word for word in value if _is_tag(word) and is_of(word, texts[word])]
    if kind == Kind.TITLE:
        return value if material.is_guessed and is_of(value, text) else ""
    if kind == Kind.LANGUAGE:
        return _language(value) if material.texts else ""
    said = "\n".join(material.texts.values())
    return value if is_summary_of(value, said, material.heard_language) else ""


def _is_tag(word: str) -> bool:
    try:
        return bool(tag_name(word))
    except Problem:
        return False


def _language(tag: str) -> str:
    try:
        return language(tag)
    except ValueError:
        return ""
