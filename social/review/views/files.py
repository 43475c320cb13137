"""Notes as files: exported by whoever reviews a track, imported by its owner."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from config.lib.problems import Problem
from social.notes.formats import audacity, midi, notes_csv, reaper
from social.notes.formats.rows import Row, marks
from social.notes.rights import rights_on
from social.notes.selectors.rows import note_rows
from social.notes.services import files as note_files
from social.review.forms.files import ImportForm
from social.review.views.settings import counted, own_track, settings_page
from social.signoff.selectors import has_a_say
from social.viewers import viewer_of
from tracks.models import Track, TrackVersion

Writer = Callable[[list[Row], Track], bytes]

FORMATS: dict[str, tuple[str, str, Writer]] = {
    "csv": ("notes.csv", "text/csv; charset=utf-8", lambda rows, _: notes_csv.write(rows)),
    "reaper": (
        "reaper.csv",
        "text/csv; charset=utf-8",
        lambda rows, _: reaper.write(marks(rows)),
    ),
    "audacity": (
        "labels.txt",
        "text/plain; charset=utf-8",
        lambda rows, _: audacity.write(marks(rows)),
    ),
    "midi": (
        "markers.mid",
        "audio/midi",
        lambda rows, track: midi.write(marks(rows), title=track.title),
    ),
}


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand over the notes the viewer may read, in format `as`, as they stand in version `v`."""
    viewer = viewer_of(request, request.GET.get("token", ""))
    track = get_object_or_404(Track.objects.opened_by(*viewer.opens), slug=slug)
    if not (rights_on(track, viewer).reads_all or has_a_say(track, viewer.user)):
        raise Http404
    name, kind, write = _format(request.GET.get("as", "csv"))
    version = _version(track, request.GET.get("v", ""), viewer.opens)
    try:
        data = write(note_rows(track, viewer, version), track)
    except Problem as refusal:
        context = {"sentence": refusal.detail}
        return render(request, "social/review/files_refused.html", context, status=refusal.status)
    part = f"-v{version.number}" if version else ""
    disposition = f'attachment; filename="{track.slug}{part}-{name}"'
    return HttpResponse(
        data,
        content_type=kind,
        headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"},
    )


@require_POST
@login_required
def import_notes(request: HttpRequest, slug: str) -> HttpResponse:
    """Add the notes of a CSV file to one's own track."""
    track = own_track(request, slug)
    versions = list(TrackVersion.objects.filter(track=track).only("number").order_by("-number"))
    form = ImportForm(request.POST, request.FILES, versions=versions)
    if not form.is_valid():
        return settings_page(request, track, status=422, **{"import": form})
    number = int(form.cleaned_data["version"] or 0) or None
    data = form.cleaned_data["file"]
    try:
        done = note_files.import_notes(track=track, by=track.owner, data=data, number=number)
    except note_files.Refused as refusal:
        given = {"import": form, "wrong": refusal.wrong}
        return settings_page(request, track, status=422, **given)
    known = f" {counted(done.known)} here already and stayed as before." if done.known else ""
    messages.success(request, f"{counted(done.added)} imported.{known}")
    return redirect(reverse("review-settings", args=[track.slug]) + "#files")


def _format(word: str) -> tuple[str, str, Writer]:
    found = FORMATS.get(word)
    if found is None:
        raise Http404
    return found


def _version(track: Track, number: str, opens: tuple[object, ...]) -> TrackVersion | None:
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= 6):
        raise Http404
    versions = TrackVersion.objects.opened_by(*opens)  # type: ignore[arg-type]
    return get_object_or_404(versions, track=track, number=int(number))
