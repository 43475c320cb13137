"""Labels: made by naming one, edited on their page, gone when nobody wants them."""

from django.db import IntegrityError, transaction

from config.lib import kept_pages
from config.lib.lines import one_line
from config.lib.problems import Problem
from tracks.access import Person
from tracks.models import Label
from tracks.models.slugs import new_slug_of

NAME_MAX = 120
MOST = 200  # of one person
SLUG_TRIES = 4


def named(*, name: str, by: Person) -> Label | None:
    """Return this person's label of a name, made where there is none; None for no name.

    Capitals do not matter. Raises Problem `too-many-labels`, `busy`.
    """
    line = one_line(name)[:NAME_MAX].strip()
    if not line:
        return None
    for _ in range(SLUG_TRIES):
        if found := Label.objects.filter(owner=by, name__iexact=line).first():
            return found
        if Label.objects.filter(owner=by).count() >= MOST:
            raise Problem("too-many-labels", f"You have {MOST} labels, which is the most.")
        try:
            with transaction.atomic():
                slug = new_slug_of(Label, line, blank="label")
                return Label.objects.create(owner=by, name=line, slug=slug)
        except IntegrityError:  # another request was quicker
            continue
    raise Problem("busy", "Too many get this name at once. Try again.", status=503)


@transaction.atomic
def edit(*, label: Label, by: Person, name: str, description_md: str, link: str) -> Label:
    """Rename and describe it; the slug stays. Raises Problem `name-taken`, `not-own`,
    `not-found`.
    """
    row = Label.objects.select_for_update().filter(pk=label.pk).first()
    if row is None:
        raise Problem("not-found", "This label is gone.", status=404)
    _require_own(row, by)
    row.name, row.description_md, row.link = one_line(name), description_md, link
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Problem("name-taken", "You have another label of this name.", status=409) from None
    _draw_anew(row)
    return row


@transaction.atomic
def delete(*, label: Label, by: Person) -> None:
    """Take a label away; its releases stay, without it. Raises Problem `not-own`."""
    _require_own(label, by)
    _draw_anew(label)
    label.delete()


def _require_own(label: Label, by: Person) -> None:
    if label.owner_id != by.pk:
        raise Problem("not-own", "Only its owner changes a label.", status=403)


def _draw_anew(label: Label) -> None:
    releases = label.releases.values_list("pk", flat=True)
    kept_pages.forget(f"label:{label.pk}", *(f"list:{key}" for key in releases))
