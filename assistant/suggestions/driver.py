"""The writer that is always there: it takes its words out of the text, and knows no other.

Its answers are the same each time, in bounded time for texts of any length.
"""

import json

from assistant.providers.registry import MACHINES
from assistant.suggestions.formats import LIST_MOST, TEXT_MOST, Kind, Material, Value, material_of
from assistant.suggestions.rules import languages, moods, phrases, sentences, titles

READ = 200_000  # characters of each text
OWN_TAGS = 4  # key phrases that no tag is called by yet


class Extractive:
    """Sentences, phrases and figures, by the rules beside it."""

    name = "extractive"
    label = "Nexus, out of the text itself"
    is_local = True
    model = "extractive"
    version = "1"

    def is_there(self) -> bool:
        """It needs nothing."""
        return True

    def write(self, instruction: str, text: str, *, tokens_most: int = 400) -> str:
        """Return the answer about a material; it reads no instruction."""
        found = answer(material_of(text))
        return json.dumps({kind: value for kind, value in found.items() if value})


def answer(material: Material) -> dict[str, Value]:
    """Return what can be said of it."""
    texts = {name: text[:READ] for name, text in material.texts.items()}
    spoken = "\n".join(text for name, text in texts.items() if name != "description")
    everything = "\n".join(texts.values())
    language = languages.guess(spoken or everything)
    title = titles.title(
        now=material.title,
        of_music=material.of_music,
        file_name=material.file_name,
        texts=list(texts.values()),
        is_guessed=material.is_guessed,
    )
    return {
        Kind.TITLE: title[: TEXT_MOST[Kind.TITLE]].strip(),
        Kind.SUMMARY: sentences.summary(
            everything,
            language,
            most=TEXT_MOST[Kind.SUMMARY],
            without=texts.get("description", ""),
        ),
        Kind.TAGS: _tags(material, everything, language),
        Kind.LANGUAGE: material.heard_language or languages.guess(spoken),
        Kind.MOOD: []
        if material.is_speech
        else moods.moods(
            bpm=material.bpm,
            key=material.key,
            loudness=material.loudness,
            spread=material.spread,
        ),
    }


def _tags(material: Material, text: str, language: str) -> list[str]:
    most = LIST_MOST[Kind.TAGS]
    known = list(material.known_tags)[:most]
    own = phrases.phrases(text, language, most=OWN_TAGS)
    return [*known, *(phrase for phrase in own if len(phrase) <= 40 and phrase not in known)][:most]


MACHINES.writers[Extractive.name] = Extractive()
