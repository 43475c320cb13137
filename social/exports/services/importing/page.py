"""Bringing an artist's own page: its words, its order, its header, and what the press may take."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from config.lib.archive import read_moment
from config.lib.lines import one_line
from config.lib.problems import Problem
from social.exports.services.importing.origins import PAGE, PICTURE, Origins, Report
from social.exports.services.opening import Archive
from social.models import ArtistPage, ArtistPicture, User
from social.profiles import services as profiles
from social.profiles.forms import COLOUR

Row = dict[str, Any]
STAYS = "there is one here, which stays"
NO_FILE = "the picture did not come along"


def bring_page(owner: User, archive: Archive, origins: Origins, report: Report) -> None:
    """Bring the page's words where nothing is said here yet, and each picture once."""
    for row in archive.rows["artist_page"]:
        handle = archive.head["handle"]
        if origins.of(PAGE, handle):
            report.there[PAGE] += 1
        elif ArtistPage.objects.filter(user=owner).exists():
            report.leave("the words of the artist's page", STAYS)
        else:
            with transaction.atomic():
                profiles.describe(by=owner, words=_words(row))
                origins.note(PAGE, (handle, owner.pk))
            report.made[PAGE] += 1
        for picture in row["pictures"]:
            _bring(owner, archive, picture, origins, report)


def pictures_of(archive: Archive) -> list[Row]:
    """Return the rows of all pictures of the page; those of older archives have no file."""
    return [picture for row in archive.rows["artist_page"] for picture in row["pictures"]]


def _words(row: Row) -> Row:
    accent = row["accent"].lower()
    return {
        "accent": accent if COLOUR.fullmatch(accent) else "",
        "press_md": row["press_md"],
        "shows_press": row["shows_press"],
        "sections": [one.value for one in ArtistPage(sections=row.get("sections", [])).order],
    }


def _bring(owner: User, archive: Archive, row: Row, origins: Origins, report: Report) -> None:
    if origins.of(PICTURE, row["id"]):
        report.there[PICTURE] += 1
        return
    name, header = f"the picture “{one_line(row.get('filename', ''))}”", row["is_header"]
    listed = archive.files.get(row.get("path", ""))
    if listed is None or listed.size > profiles.MOST_BYTES:
        report.leave(name, NO_FILE)
        return
    if header and ArtistPage.objects.filter(user=owner).exclude(header=None).exists():
        report.leave("the header of the page", STAYS)
        return
    words = {"alt": one_line(row["alt"]), "credit": one_line(row["credit"])}
    words["licence"] = row["licence"]
    given: Row = {"data": b"".join(archive.chunks(row["path"])), "filename": row["filename"]}
    at = min(read_moment(row["created_at"]), timezone.now())
    try:
        with transaction.atomic():
            made = profiles.add(by=owner, words=words, header=header, **given)
            ArtistPicture.objects.filter(pk=made.pk).update(created_at=at)
            origins.note(PICTURE, (row["id"], made.pk))
    except Problem as refusal:
        report.leave(name, refusal.detail)
    else:
        report.made[PICTURE] += 1
