"""Which pieces a folder holds, and what honestly can be said of them."""

import re
from dataclasses import dataclass
from pathlib import Path

from media_pipeline.steps.errors import Refused
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff

LIST = "MUSIC.md"
SUFFIXES = {".wav", ".w64", ".aif", ".aiff", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".m4a"}
SUFFIXES |= {".aac", ".caf"}
LEFT_OUT = {"dedupe", "long"}  # folders of deliberate doubles and medleys, for tests
UNKNOWN_ARTIST = "Unknown artist"
NO_LICENCE = "not named in the file"


@dataclass(frozen=True)
class Piece:
    """A file, and whose it is: `licence` and `source` as its folder or its tags name them."""

    path: Path
    title: str
    artist: str
    licence: str
    source: str

    @property
    def description(self) -> str:
        """What the track page says: that this is a demonstration, and whom to thank."""
        lines = [
            "A demonstration piece. It was put here by this site, not by the artist.",
            f"- **Artist:** {_plain(self.artist)}",
            f"- **Licence:** {_plain(self.licence)}",
        ]
        if self.source:
            lines.append(f"- **Source:** {_plain(self.source)}")
        return "\n\n".join([lines[0], "\n".join(lines[1:])])


Ranked = tuple[Piece, tuple[float, bool]]  # the piece; its seconds, and whether it has a cover


def pieces_in(folder: Path) -> list[Piece]:
    """Return one piece for each title in the folder: by a MUSIC.md in or above it, or by tags.

    Of several files of one piece the longest is taken, then one with a cover.
    """
    home = next((place for place in (folder, folder.parent) if (place / LIST).is_file()), None)
    listed = _listed(home, folder) if home else _tagged(folder)
    best: dict[tuple[str, str], tuple[tuple[float, bool], Piece]] = {}
    for piece, rank in listed:
        key = (piece.artist.lower(), piece.title.lower())
        if key not in best or rank > best[key][0]:
            best[key] = (rank, piece)
    return [piece for _, piece in best.values()]


def _listed(home: Path, folder: Path) -> list[Ranked]:
    """Read the first table of MUSIC.md whose head names file, title, artist and licence."""
    found: list[Ranked] = []
    head: list[str] = []
    for line in (home / LIST).read_text(encoding="utf-8", errors="replace").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            if found:
                break
            head = []
        elif {"file", "title", "artist", "licence"} <= set(cells):
            head = cells
        elif head and len(cells) == len(head) and not set(cells[0]) <= set("-: "):
            row = dict(zip(head, cells, strict=True))
            if piece := _of_row(home, folder, row):
                seconds = row.get("seconds", "")
                length = float(seconds) if re.fullmatch(r"\d+(\.\d+)?", seconds) else 0.0
                found.append((piece, (round(length), "cover" in row.get("codec rate/ch", ""))))
    return found


def _of_row(home: Path, folder: Path, row: dict[str, str]) -> Piece | None:
    path = (home / row["file"]).resolve()
    if not path.is_file() or not path.is_relative_to(folder.resolve()):
        return None
    if LEFT_OUT & set(path.relative_to(home.resolve()).parts):
        return None
    source = next((row[name] for name in row if name.startswith("source")), "")
    return Piece(path, row["title"], row["artist"], row["licence"], source)


def _tagged(folder: Path) -> list[Ranked]:
    found: list[Ranked] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or LEFT_OUT & set(path.relative_to(folder).parts):
            continue
        try:
            facts = probe(path, sniff(path))
        except Refused:
            continue
        tags = {name.lower(): text.strip() for name, text in facts.tags.items() if text.strip()}
        piece = Piece(
            path,
            title=tags.get("title") or path.stem,
            artist=tags.get("artist") or tags.get("album_artist") or UNKNOWN_ARTIST,
            licence=tags.get("license") or tags.get("copyright") or NO_LICENCE,
            source=tags.get("website") or tags.get("url") or "",
        )
        found.append((piece, (round(facts.duration_s or 0), facts.has_picture)))
    return found


def _plain(text: str) -> str:
    """Escape what Markdown would take for its own."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)
