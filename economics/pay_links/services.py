"""Adding ways to be paid, and taking them away."""

from typing import Any

from django.db import transaction

from config.lib import kept_pages
from config.lib.lines import one_line
from config.lib.problems import Problem
from economics.models import PayLink
from economics.models.pay_link import ADDRESS_CHARS, LABEL_CHARS, WORDS_CHARS
from economics.pay_links import rules
from media_pipeline.locks import lock
from social.models import User

MOST = 10
Kind = PayLink.Kind


@transaction.atomic
def add(*, by: User, kind: str, where: str, label: str = "", is_public: bool = False) -> PayLink:
    """Add one. Raises Problem `pay-link-wrong`, `too-many-pay-links`, `unknown-kind`."""
    if kind not in Kind.values:
        raise Problem("unknown-kind", "Choose how you are paid.", field="kind")
    lock(f"pay-links:{by.pk}")
    if PayLink.objects.of(by).count() >= MOST:
        raise Problem("too-many-pay-links", f"{MOST} ways to be paid are the most.", status=409)
    row = PayLink(artist=by, kind=kind, label=one_line(label)[:LABEL_CHARS], is_public=is_public)
    try:
        _fill(row, where)
    except ValueError as wrong:
        raise Problem("pay-link-wrong", str(wrong), field="where") from wrong
    row.save(force_insert=True)
    kept_pages.forget(f"person:{by.pk}")
    return row


@transaction.atomic
def show(row: PayLink, *, is_public: bool) -> None:
    """Show it on one's page, or do so no more."""
    PayLink.objects.filter(pk=row.pk).update(is_public=is_public)
    kept_pages.forget(f"person:{row.artist_id}")


@transaction.atomic
def remove(row: PayLink) -> None:
    """Take it away; payouts that were asked for keep where they go."""
    PayLink.objects.filter(pk=row.pk).delete()
    kept_pages.forget(f"person:{row.artist_id}")


def leave(person: Any) -> None:
    """Forget all of them with their artist. Needs a transaction."""
    PayLink.objects.filter(artist=person).delete()


def _fill(row: PayLink, where: str) -> None:
    if row.kind == Kind.IBAN:
        row.words = rules.iban(where)
    elif row.kind == Kind.WORDS:
        row.words = where.strip()
    else:
        row.address = rules.address(row.kind, where)
    if not row.where:
        raise ValueError("Say where you are paid.")
    if len(row.address) > ADDRESS_CHARS or len(row.words) > WORDS_CHARS:
        raise ValueError(f"Write at most {WORDS_CHARS} letters.")
