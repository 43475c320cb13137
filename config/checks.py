"""What `manage.py doctor` and `/health/` look at."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone

from config.lib import breaker, origins
from config.lib.disk import GIB, MIB, SENTENCE, free_bytes, has_room, is_full, reserve_bytes
from config.lib.health import Degraded, Note, Trouble, register
from config.process import roles, startup
from media_pipeline import ffmpeg, sandbox
from media_pipeline.audit import selectors as audit
from media_pipeline.backups import selectors
from media_pipeline.ffmpeg.binary import OLDEST_SAFE
from media_pipeline.models import Backup, StorageFinding
from media_pipeline.steps.music import can_hear
from media_pipeline.storage import get_storage

LEAST_FREE_BYTES = 2 * GIB
OLDEST_POSTGRESQL = 16
ENCODERS = ("libopus", "aac", "flac", "alac", "libmp3lame")
PROBE = b"nexus storage check\n"


def database() -> str:
    """PostgreSQL answers and is new enough."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    if int(version.split(".")[0]) < OLDEST_POSTGRESQL:
        raise Trouble(
            f"PostgreSQL {version} is too old.", f"Use {OLDEST_POSTGRESQL} or later (DATABASE_URL)."
        )
    return f"PostgreSQL {version}"


def vector() -> str:
    """The extension pgvector is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
        row = cursor.fetchone()
    if row is None:
        raise Trouble("The extension vector is missing.", "Install pgvector, then migrate.")
    return f"pgvector {row[0]}"


def migrations() -> str:
    """No migration waits."""
    if waiting := startup.unapplied():
        raise Trouble(f"{len(waiting)} migrations are not applied.", "Run manage.py migrate.")
    return "all applied"


def redis_server() -> str:
    """Redis answers."""
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
        try:
            version = client.info("server")["redis_version"]
        except redis.RedisError as error:
            raise Trouble(f"Redis does not answer: {error}", "Check REDIS_URL.") from error
    return f"Redis {version}"


def ffmpeg_binary() -> str:
    """FFmpeg is safe to use and has every codec, filter and muxer that the pipeline needs."""
    try:
        program, version = ffmpeg.binary(), ffmpeg.version()
    except ffmpeg.FFmpegMissing as error:
        raise Trouble(str(error), "Install imageio-ffmpeg or set FFMPEG_BIN.") from error
    oldest = ".".join(map(str, OLDEST_SAFE))
    if version and version < OLDEST_SAFE:
        raise Trouble("FFmpeg is too old to be safe.", f"Set FFMPEG_BIN to {oldest} or later.")
    offered = " ".join(_list(program, what) for what in ("encoders", "filters", "muxers")).split()
    needed = (*ENCODERS, "ebur128", "chromaprint")
    if missing := [name for name in needed if name not in offered]:
        raise Trouble(f"FFmpeg lacks {', '.join(missing)}.", "Set FFMPEG_BIN to a full build.")
    number = ".".join(map(str, version)) if version else "of a development build"
    return f"FFmpeg {number} with {', '.join(needed)}"


def _list(program: Path, what: str) -> str:
    command = [str(program), "-hide_banner", f"-{what}"]
    return subprocess.run(command, capture_output=True, text=True, env={}, check=True).stdout


def media_storage() -> str:
    """The storage takes a file, gives it back and deletes it."""
    storage, key = get_storage(), f"health/{os.getpid()}"
    try:
        storage.write(key, PROBE, content_type="text/plain")
        same = storage.read(key) == PROBE
        storage.delete(key)
    except Exception as error:
        if is_full(error):
            raise Degraded(SENTENCE, "Free some space where the storage is.") from error
        raise Trouble(
            f"The storage refused: {error}", "Check the S3 settings, or the folder's owner."
        ) from error
    if not same or storage.exists(key):
        raise Trouble("The storage does not keep what it is given.", "Check the S3 settings.")
    return f"{type(storage).__name__}: writes, reads, deletes"


def library() -> str:
    """Every original and every published file is there, and as it came."""
    found = audit.counts()
    missing = found.get(StorageFinding.Kind.MISSING, 0)
    damaged = found.get(StorageFinding.Kind.DAMAGED, 0)
    if missing or damaged:
        raise Degraded(
            f"{missing} files are missing from the storage, {damaged} originals are damaged.",
            "Bring them back from a backup; see Run it for years in the README. manage.py storage "
            "names them.",
        )
    orphans = found.get(StorageFinding.Kind.ORPHAN, 0)
    whole = "no file is missing, no original is damaged"
    return (
        Note(f"{whole}; {orphans} files belong to nobody: manage.py storage") if orphans else whole
    )


def disk() -> str:
    """Every disk that the site writes to has its reserve, and room for a few masters."""
    folders = [Path(settings.STATE_DIR), Path(settings.NEXUS_WORK_DIR), get_storage().root]
    places = [folder for folder in folders if folder is not None]
    for place in places:
        if not has_room(place):
            raise Degraded(
                f"{SENTENCE} {free_bytes(place) / MIB:.0f} MiB are free in {place}; below "
                f"{reserve_bytes(place) / MIB:.0f} MiB uploads are refused and the work waits.",
                "Free some space, or move the state with NEXUS_VAR, the media with "
                "NEXUS_MEDIA_DIR. All goes on by itself.",
            )
    free = min(free_bytes(place) for place in places)
    sentence = f"{free / GIB:.0f} GiB free below {settings.STATE_DIR} and where music lies"
    return Note(f"Only {sentence}.") if free < LEAST_FREE_BYTES else sentence


def isolation() -> str:
    """How far media processes are shut in on this machine."""
    tier = sandbox.tier()
    sentence = f"{tier.name}: {tier.sentence}"
    return sentence if tier.complete else Note(sentence)


def music() -> str:
    """Say whether tempo and key are measured here."""
    if can_hear():
        return "Tempo and key of new music are measured."
    return Note(
        "Tempo and key are not measured: essentia is not installed. "
        "It has wheels for Linux on x86_64: pip install essentia, or make run there."
    )


def mail() -> str:
    """Password resets reach people."""
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return f"by {settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    return Note("E-mail is only printed to the terminal. Set EMAIL_HOST to send it.")


def services() -> str:
    """Those whom the site asks for something answer."""
    failing = [each for each in breaker.states() if each.state != "closed"]
    if failing:
        told = "; ".join(f"{each.name}: {each.reason}" for each in failing)
        raise Degraded(f"Left alone for a while: {told}.", "They are tried again by themselves.")
    return "nobody we ask is failing"


def origin() -> str:
    """Addresses in mails lead where people are."""
    home = origins.home()
    if settings.SITE_ORIGINS or (settings.DEBUG or not _is_told_names()):
        return f"addresses begin with {home}"
    return Note(
        f"Addresses in mails begin with {home}: a guess. Set NEXUS_ORIGINS to what people type."
    )


def _is_told_names() -> bool:
    own = {"localhost", "127.0.0.1", "[::1]", "testserver"}
    return settings.SECURE_SSL_REDIRECT or not own.issuperset(settings.ALLOWED_HOSTS)


def python() -> str:
    """Which Python, and where the state is."""
    return f"Python {sys.version.split()[0]}, state in {settings.STATE_DIR}"


def backups() -> str:
    """The newest backup is young enough, whole, and was tried."""
    if not settings.NEXUS_BACKUP_TARGET:
        return Note("Nothing is backed up by itself. Set NEXUS_BACKUP_TARGET.")
    newest = selectors.newest(Backup.Kind.BACKUP)
    most = timedelta(hours=settings.NEXUS_BACKUP_MAX_HOURS)
    remedy = "See Backups in the admin, or run manage.py backup."
    if newest is None or newest.finished_at is None:
        if timezone.now() - selectors.site_since() < most:
            return Note("There is no backup yet: the first comes by night.")
        raise Degraded("There is no backup yet.", remedy)
    age = timezone.now() - newest.finished_at
    if age > most:
        hours = age.total_seconds() / 3600
        raise Degraded(f"The newest backup is {hours:.0f} hours old.", remedy)
    if failed := selectors.failed_drill():
        raise Degraded(f"The last drill failed: {failed.error}", "Make another backup, and try it.")
    if amiss := newest.counts.get("complaints"):
        raise Degraded(f"{len(amiss)} originals are not as they arrived.", remedy)
    return f"{newest.name} in {newest.target}"


def register_all() -> None:
    """Fill the registry, the quick and vital ones first."""
    register("python", python)
    register("database", database, vital=True)
    register("vector", vector)
    register("migrations", migrations)
    register("roles", roles.check)
    register("redis", redis_server, vital=True)
    register("ffmpeg", ffmpeg_binary)
    register("sandbox", isolation)
    register("storage", media_storage)
    register("library", library)
    register("disk", disk, vital=True)
    register("backups", backups, vital=True)
    register("music", music)
    register("mail", mail)
    register("origin", origin)
    register("services", services)
