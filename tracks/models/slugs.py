"""Addresses made of titles."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from config.lib.problems import Problem
from tracks.models.former_slug import FormerSlug
from tracks.models.track import Track

LONGEST = 60  # characters of the title that an address shows
RESERVED = {"new"}  # words that an address of a page begins with
SUFFIX_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def new_slug(title: str) -> str:
    """Return a free slug for a track of this title."""
    return new_slug_of(Track, title, blank="track")


def new_slug_of(model: Any, title: str, *, blank: str) -> str:
    """Return a free slug for this title: plain ASCII, with a short random end when it is taken.

    Titles of which no ASCII remains become `<blank>-…`. The database's unique constraint has the
    last word when two ask at once.
    """
    base = _base(title)
    if base and base not in RESERVED and not is_taken(model, base):
        return base
    return f"{base or blank}-{_suffix()}"


def is_taken(model: Any, slug: str, *, but: Any = None) -> bool:
    """Tell whether a slug leads to another thing of this kind than `but`, or once did.

    What is deleted keeps its slugs: it may come back.
    """
    rows = getattr(model, "everything", model._default_manager).filter(slug=slug)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return bool(rows.exists() or _was_given(model, slug, but))


def _was_given(model: Any, slug: str, but: Any) -> bool:
    if not hasattr(model, "former_slugs"):  # names, tags and labels keep theirs
        return False
    former = FormerSlug.objects.filter(slug=slug).exclude(**{f"{kind_of(model)}__isnull": True})
    if but is not None:
        former = former.exclude(**{kind_of(model): but})
    return former.exists()


def give(row: Any, slug: str) -> None:
    """Let a thing be found under another slug, and lead there from the one it had.

    Needs a transaction and the row's lock; the row is not saved. Raises Problem: `slug-taken`.
    """
    kind, model = kind_of(type(row)), type(row)
    if slug in RESERVED or is_taken(model, slug, but=row):
        raise Problem("slug-taken", "Something else has this address.", status=409, field="slug")
    FormerSlug.objects.filter(**{kind: row}, slug=slug).delete()
    FormerSlug.objects.create(**{kind: row}, slug=row.slug)
    row.slug = slug


def follow_title(row: Any, *, before: str) -> bool:
    """Let a thing that was called `before` be found by its title; tells whether its slug is new.

    One that somebody has chosen stays, and so does one of whose title no ASCII remains. Needs a
    transaction and the row's lock; the row is not saved.
    """
    model, base = type(row), _base(before) or kind_of(type(row))
    made_of_it = re.fullmatch(rf"{base}(-[{SUFFIX_LETTERS}]{{6}})?", row.slug)
    if not made_of_it or _base(row.title) in {"", base}:
        return False
    give(row, new_slug_of(model, row.title, blank=kind_of(model)))
    return True


def restore(row: Any, slug: str, former: Iterable[str]) -> int:
    """Let a thing that was just made have the address it had elsewhere, and its former ones.

    Returns how many of them something else has here. Needs a transaction; writes the row's slug.
    """
    kind, model, left = kind_of(type(row)), type(row), 0
    for word in dict.fromkeys([slug, *former]):
        is_free = word == row.slug or not (word in RESERVED or is_taken(model, word, but=row))
        try:
            with transaction.atomic():
                if is_free and word == slug:
                    model.everything.filter(pk=row.pk).update(slug=word)
                    row.slug = word
                elif is_free and word != row.slug:
                    FormerSlug.objects.get_or_create(**{kind: row}, slug=word)
        except IntegrityError:  # somebody took it in between
            is_free = False
        left += not is_free
    return left


def kind_of(model: Any) -> str:
    """Return what the addresses of a model begin with: `track`, `release` or `playlist`."""
    return str(model._meta.model_name)


def flat(title: str) -> str:
    """Return a title with its letters and marks apart, so that only the marks are lost."""
    return unicodedata.normalize("NFKD", title).replace("ß", "ss").replace("ø", "o")


def _base(title: str) -> str:
    return slugify(flat(title))[:LONGEST].strip("-")


def _suffix() -> str:
    return "".join(secrets.choice(SUFFIX_LETTERS) for _ in range(6))
