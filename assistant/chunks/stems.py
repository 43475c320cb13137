"""Words without their endings, so that “singing” finds “sings”: few rules, for no one language.

What two forms of a word have in common is all that counts; that some stems are no words, and that
some words share one by chance, costs a place in an order and nothing else.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from tracks.search import words

KEPT = 3  # letters that remain of a word at least
LONGEST = 60
ASKED_MOST = 16  # words of one question
ENDINGS = (
    *("ational", "ingly", "edly", "ungen", "ations", "ation", "ments", "ness", "ment"),
    *("heit", "keit", "lich", "isch", "ings", "ung", "ing", "ies", "ied", "iest", "ier"),
    *("ers", "est", "er", "ed", "es", "en", "em", "ly", "s", "e"),
)
DOUBLED = re.compile(r"([bdfgklmnprt])\1$")
# What questions are made of, and says nothing of what is asked for.
PLAIN_WORDS = """
a an the and or of to in on at by for from with without about into over under is are was were be
been being am do does did has have had i me my you your he him his she her it its we us our they
them their this that these those there here what which who whom whose when where why how not no
any some all can could will would should may might must shall so if then than as but out up down
just very more most such own same too s t re ve ll d m something anything someone somebody song
songs music track tracks piece pieces recording recordings find show give play tell say says said
talk talks talking der die das und oder ein eine einen einem einer ist sind war
von zu im mit auf für den dem des wer wie was wo nicht ich du er sie es wir ihr über lied lieder
musik stück stücke el la los las un una unos unas y o de del en con por para que qué quién es son
se su no canción canciones música le les des et ou du au aux dans sur pour qui est chanson
"""
PLAIN = frozenset(words.fold(word) for word in PLAIN_WORDS.split())


class Word(NamedTuple):
    """A word of a text, where it begins and ends in it, and its stem."""

    begin: int
    end: int
    stem: str


def stem(word: str) -> str:
    """Return what a folded word has in common with its other forms."""
    for _ in range(2):
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= KEPT:
                word = word[: -len(ending)]
                if ending[:2] == "ie":
                    return f"{word}i"
                word = DOUBLED.sub(r"\1", word)
                break
    return word[:-1] + "i" if word.endswith("y") and len(word) > KEPT else word


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text, in their order. Takes time linear in the text."""
    for found in words.PART.finditer(text):
        if said := _stem_of(found[0][: words.SLICE]):
            yield Word(found.start(), found.end(), said)


@lru_cache(20_000)
def _stem_of(written: str) -> str:
    folded = "".join(words.PART.findall(words.fold(written)))[:LONGEST]
    return folded if folded in PLAIN else stem(folded)


def asked(text: str) -> list[str]:
    """Return the different stems of a question that say something; all, where none of them does."""
    every = list(dict.fromkeys(word.stem for word in words_of(text)))
    return ([one for one in every if one not in PLAIN] or every)[:ASKED_MOST]


def vector_of(text: str) -> str:
    """Return a text as a tsvector of stems, with their places."""
    places: dict[str, list[str]] = {}
    for at, word in enumerate(words_of(text), start=1):
        places.setdefault(word.stem, []).append(str(min(at, words.PLACES_MOST)))
    return " ".join(f"{words.quoted(one)}:{','.join(at[:200])}" for one, at in places.items())


def query_of(text: str) -> str:
    """Return the tsquery of a question: any of the words that say something.

    Where none does (“to be or not to be”), all of them, one after the other.
    """
    every = [word.stem for word in islice(words_of(text), ASKED_MOST)]
    telling = dict.fromkeys(one for one in every if one not in PLAIN)
    return " | ".join(map(words.quoted, telling)) or " <-> ".join(map(words.quoted, every))
