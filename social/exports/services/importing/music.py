"""Bringing tracks, versions, stems and pictures, by the way of every upload."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

from config.lib.archive import read_moment
from media_pipeline import faults
from media_pipeline.models import Upload
from media_pipeline.models.asset import Source
from media_pipeline.uploads.services import uploads
from media_pipeline.uploads.services.sending import send_parts
from social.exports.services.importing.origins import (
    STEM,
    TRACK,
    UPLOAD,
    VERSION,
    VISUAL,
    Origins,
    Report,
)
from social.exports.services.importing.said import (
    bring_address,
    bring_lyrics,
    opened_as,
    said_of_track,
)
from social.exports.services.opening import Archive
from social.models import User
from tracks.models import Track, TrackVersion
from tracks.moments import zones
from tracks.uploads.services import Thing, UploadTarget, complete
from tracks.visibility.services.closing import draw_anew

Row = dict[str, Any]
NO_ORIGINAL = "its original is not in the archive"
DELETED = "its piece was deleted here since"
WAS_DELETED = "it was deleted there"
GOES_ON = {Upload.State.OPEN, Upload.State.COMPLETING}


class Music:
    """The music of one archive on its way in, one file after the other."""

    def __init__(
        self,
        owner: User,
        archive: Archive,
        origins: Origins,
        report: Report,
        folder: Path,
        on_bytes: Callable[[int], None],
    ) -> None:
        self.owner, self.archive, self.origins, self.report = owner, archive, origins, report
        self.folder, self.on_bytes = folder, on_bytes
        self.opened = {row["id"]: row for row in archive.rows["opened"]}

    def bring(self) -> None:
        """Bring what is not here yet. Raises Problem, OSError."""
        versions: dict[str, list[Row]] = defaultdict(list)
        for row in self.archive.rows["versions"]:
            versions[row["track"]].append(row)
        for track in sorted(self.archive.rows["tracks"], key=lambda row: row["id"]):
            if track["deleted_at"]:
                self.report.leave(f"“{track['title']}”", WAS_DELETED)
                continue

            # The primary one first: it is so from its first moment on.
            def order(row: Row, primary: str | None = track["primary_version"]) -> Any:
                return row["id"] != primary, row["number"]

            for row in sorted(versions[track["id"]], key=order):
                self._version(track, row)
            if self.origins.of(TRACK, track["id"]) is None:
                self.report.leave(f"“{track['title']}”", NO_ORIGINAL)
        for row in sorted(self.archive.rows["stems"], key=lambda row: (row["position"], row["id"])):
            self._stem(row)
        for row in self.archive.rows["visuals"]:
            self._visual(row)

    def missing(self) -> list[Row]:
        """Return the rows whose files are still to be brought."""
        kinds = ((VERSION, "versions"), (STEM, "stems"), (VISUAL, "visuals"))
        gone = {row["id"] for row in self.archive.rows["tracks"] if row["deleted_at"]}
        return [
            row
            for kind, section in kinds
            for row in self.archive.rows[section]
            if self.origins.of(kind, row["id"]) is None
            and row["path"] in self.archive.files
            and row.get("track") not in gone
        ]

    def promised(self) -> int:
        """Return the bytes that uploads broken off have reserved already."""
        known = [self.origins.of(UPLOAD, row["id"]) for row in self.missing()]
        rows = Upload.objects.filter(pk__in=[pk for pk in known if pk], state__in=GOES_ON)
        return sum(rows.values_list("size", flat=True))

    def _version(self, track: Row, row: Row) -> None:
        if not self._is_new(VERSION, row, f"v{row['number']} of “{track['title']}”"):
            return
        here = self._track(track["id"])
        if self.origins.of(TRACK, track["id"]) and here is None:
            self.report.leave(f"v{row['number']} of “{track['title']}”", DELETED)
            return
        target = UploadTarget(
            title=track["title"],
            visibility=track["visibility"],
            description_md=track["description_md"],
            version_of=here,
            label=row["label"],
            note_md=row["note_md"],
        )

        def finish(made: Any) -> None:
            if here is None:
                self._finish_track(track, made.track)
            self._finish_version(row, made)

        self._send(VERSION, row, target, finish)

    def _finish_track(self, row: Row, track: Track) -> None:
        opened = self.opened.get(row["id"])
        Track.objects.filter(pk=track.pk).update(
            release_at=row["release_at"] and read_moment(row["release_at"]),
            time_zone=row.get("time_zone", "") if row.get("time_zone", "") in zones() else "",
            opens_lossless=row["opens_lossless"],
            **said_of_track(row),
            **(opened_as(row["title"], opened, self.report) if opened else {}),
            created_at=read_moment(row["created_at"]),
        )
        bring_address(track, row, self.report)
        bring_lyrics(track, row)
        self.origins.note(TRACK, (row["id"], track.pk))
        self.report.made[TRACK] += 1

    def _finish_version(self, row: Row, version: TrackVersion) -> None:
        words: Row = {"created_at": read_moment(row["created_at"])}
        same = TrackVersion.objects.filter(track=version.track_id, number=row["number"])
        if row["number"] and not same.exists():
            words["number"] = row["number"]
        if row["hidden_at"] and version.track.primary_version_id != version.pk:
            words |= {"hidden_at": read_moment(row["hidden_at"]), "hidden_by": self.owner}
        TrackVersion.objects.filter(pk=version.pk).update(**words)
        draw_anew([version.track_id])

    def _stem(self, row: Row) -> None:
        if not self._is_new(STEM, row, f"the stem “{row['title']}”"):
            return
        local = self.origins.of(VERSION, row["version"])
        version = TrackVersion.objects.filter(pk=local).first() if local else None
        if version is None:
            self.report.leave(f"the stem “{row['title']}”", "its version was not brought")
            return
        target = UploadTarget(title=row["title"], stem_of=version, role=row["role"])
        self._send(STEM, row, target, lambda _made: draw_anew([version.track_id]))

    def _visual(self, row: Row) -> None:
        if not self._is_new(VISUAL, row, f"the picture {row['filename']}"):
            return
        track = self._track(row["track"])
        if track is None:
            self.report.leave(f"the picture {row['filename']}", "its piece was not brought")
            return
        target = UploadTarget(visual_of=track)
        self._send(VISUAL, row, target, lambda _made: draw_anew([track.pk]))

    def _is_new(self, kind: str, row: Row, name: str) -> bool:
        if self.origins.of(kind, row["id"]):
            self.report.there[kind] += 1
            return False
        if row["path"] not in self.archive.files:
            self.report.leave(name, NO_ORIGINAL)
            return False
        return True

    def _track(self, origin: str) -> Track | None:
        local = self.origins.of(TRACK, origin)
        return Track.objects.filter(pk=local, owner=self.owner).first() if local else None

    def _send(
        self, kind: str, row: Row, target: UploadTarget, finish: Callable[[Thing], object]
    ) -> None:
        def also(made: Thing) -> None:
            finish(made)
            self.origins.note(kind, (row["id"], made.pk))
            self.origins.forget(UPLOAD, row["id"])

        with self.archive.extracted(row["path"], self.folder) as path:
            upload = self._upload(row)
            etags = send_parts(upload=upload, path=path)
            faults.point("import:sent", row["filename"])
            complete(upload=upload, by=self.owner, etags=etags, target=target, also=also)
        faults.point("import:made", row["filename"])
        self.report.made[kind] += 1
        self.on_bytes(upload.size)

    def _upload(self, row: Row) -> Upload:
        """Return the upload that was broken off, or a new one, noted with its beginning."""
        local, listed = self.origins.of(UPLOAD, row["id"]), self.archive.files[row["path"]]
        found = Upload.objects.filter(pk=local, owner=self.owner).first() if local else None
        if found and found.size == listed.size and uploads.state_of(found) in GOES_ON:
            return found
        with transaction.atomic():
            self.origins.forget(UPLOAD, row["id"])
            name, sha256 = row["filename"], listed.sha256
            words = {"sha256": sha256, "source_type": Source.IMPORT}
            made = uploads.create(owner=self.owner, filename=name, size=listed.size, **words)
            self.origins.note(UPLOAD, (row["id"], made.pk))
        return made
