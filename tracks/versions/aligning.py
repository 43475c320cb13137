"""Versions of a track laid side by side, so that they are compared at the same bar.

Done once for each two of them, when the later one to be ready is; from what was measured before.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from media_pipeline.jobs.services import jobs
from media_pipeline.models import AudioFacts, Fingerprint, Waveform
from media_pipeline.processing.services.alignment import align_assets
from media_pipeline.steps.loudness import on_passages
from tracks.access import User
from tracks.models import Track, TrackVersion, VersionAlignment
from tracks.versions.selectors import BAR_LONGEST

KIND = "align-versions"
SAME_MS = 15  # three steps of what offsets are measured in: these begin at the same sample
READY = TrackVersion.Status.READY


def expect(*, asset_id: UUID) -> None:
    """Have each version of an asset that has become ready laid beside its siblings."""
    for version in TrackVersion.objects.filter(media__asset_id=asset_id):
        if _others(version).exists():
            jobs.enqueue(KIND, subject=version)


def sweep() -> None:
    """Begin what a lost signal left undone; comes round."""
    rows = VersionAlignment.objects.filter(newer=OuterRef("pk"))
    before = TrackVersion.objects.filter(
        track=OuterRef("track"), number__lt=OuterRef("number"), status=READY
    )
    long_after = TrackVersion.objects.filter(
        track=OuterRef("track"), number__gte=OuterRef("number") + BAR_LONGEST
    )
    late = TrackVersion.objects.filter(
        Exists(before), ~Exists(rows), ~Exists(long_after), number__gt=1, status=READY
    )
    for version in late.order_by("pk")[:100]:
        jobs.enqueue(KIND, subject=version)


def align(*, version_id: UUID) -> int:
    """Lay a version beside the newest of its siblings; returns how many were new to it.

    Safe at any time: what is there stays as it is.
    """
    version = _rows().filter(pk=version_id, status=READY).first()
    if version is None:
        return 0
    done = 0
    for other in _others(version):
        older, newer = sorted([version, other], key=lambda each: each.number)
        VersionAlignment.objects.bulk_create([_aligned(older, newer)], ignore_conflicts=True)
        done += 1
    return done


def alignments_of(track: Track, viewer: User) -> QuerySet[VersionAlignment]:
    """Return the alignments of the versions that an opened track tells of; no hidden ones."""
    shown = TrackVersion.objects.shown_on(track, viewer).filter(hidden_at=None)
    newest = list(shown.order_by("-number").values_list("pk", flat=True)[:BAR_LONGEST])
    rows = VersionAlignment.objects.filter(older__in=newest, newer__in=newest)
    return rows.order_by("older__number", "newer__number")


def alignment_between(one: TrackVersion, other: TrackVersion) -> VersionAlignment | None:
    """Return how two versions lie beside each other, None where that was not measured (yet)."""
    pairs = Q(older=one, newer=other) | Q(older=other, newer=one)
    return VersionAlignment.objects.filter(pairs).first()


def passages_from(row: VersionAlignment | None, version: TrackVersion) -> list[list[int]]:
    """Return its passages, [start, end, offset] in ms, told from one of the two versions."""
    if row is None:
        return []
    if row.older_id == version.pk:
        return [list(passage) for passage in row.passages]
    return [[start + offset, end + offset, -offset] for start, end, offset in row.passages]


def loudness_of(row: VersionAlignment | None, version: TrackVersion) -> float | None:
    """Return the LUFS of a version on the passages it shares; None where that was not measured."""
    if row is None:
        return None
    return row.older_lufs if row.older_id == version.pk else row.newer_lufs


def _rows() -> QuerySet[TrackVersion]:
    return TrackVersion.objects.select_related("media__asset__facts")


def _others(version: TrackVersion) -> QuerySet[TrackVersion]:
    """Return the ready ones among the newest siblings that were not laid beside it yet."""
    met = VersionAlignment.objects.filter(
        Q(older=OuterRef("pk"), newer=version) | Q(older=version, newer=OuterRef("pk"))
    )
    newest = TrackVersion.objects.filter(track=version.track_id).order_by("-number")
    shown = list(newest.values_list("pk", flat=True)[:BAR_LONGEST])
    siblings = _rows().filter(pk__in=shown, status=READY).exclude(pk=version.pk)
    return siblings.exclude(Exists(met)).order_by("-number")


def _aligned(older: TrackVersion, newer: TrackVersion) -> VersionAlignment:
    """Lay two side by side; without a passage where one of them was not measured."""
    try:
        found = align_assets(older.media.asset, newer.media.asset)
    except (Fingerprint.DoesNotExist, Waveform.DoesNotExist, FileNotFoundError):
        return VersionAlignment(older=older, newer=newer)
    passages = [
        [round(one.start * 1000), round(one.end * 1000), _exact(round(one.offset * 1000))]
        for one in found.passages
    ]
    levels = _loudness(older, newer, passages)
    return VersionAlignment(
        older=older,
        newer=newer,
        passages=passages,
        older_lufs=levels[0] if levels else None,
        newer_lufs=levels[1] if levels else None,
    )


def _exact(offset_ms: int) -> int:
    """Return an offset, 0 for one within what offsets are measured to."""
    return 0 if abs(offset_ms) <= SAME_MS else offset_ms


def _loudness(
    older: TrackVersion, newer: TrackVersion, passages: list[list[int]]
) -> tuple[float, float] | None:
    """Return both loudnesses; of the whole pieces where the passages are all there is of them."""
    facts: list[AudioFacts] = [older.media.asset.facts, newer.media.asset.facts]
    if sum(end - start for start, end, _ in passages) > 0.95 * max(f.duration_ms for f in facts):
        whole = [f.loudness_lufs for f in facts]
        return None if None in whole else (float(whole[0] or 0), float(whole[1] or 0))
    stretches = [(start / 1000, end / 1000, offset / 1000) for start, end, offset in passages]
    return on_passages(facts[0].loudness_curve, facts[1].loudness_curve, stretches)
