"""Uploads, storage, encoding and delivery."""

from config.lib import env
from config.settings.core import STATE_DIR

MIB = 1024 * 1024
GIB = 1024 * MIB

S3_BUCKET = env.text("S3_BUCKET")
_static = {"BACKEND": "config.assets.storage.StaticStorage"}
if S3_BUCKET:
    _media = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.text("S3_ENDPOINT_URL") or None,
            "region_name": env.text("S3_REGION") or None,
            "access_key": env.text("S3_ACCESS_KEY") or None,
            "secret_key": env.text("S3_SECRET_KEY") or None,
            "addressing_style": env.text("S3_ADDRESSING_STYLE", "auto"),
            "signature_version": "s3v4",
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": True,
        },
    }
else:
    _media = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": env.text("NEXUS_MEDIA_DIR") or str(STATE_DIR / "media")},
    }
STORAGES = {"default": _media, "staticfiles": _static}
# "proxy": segments of S3 come through Nexus; "redirect": by a redirect that lives 60 s.
NEXUS_S3_DELIVERY = env.text("NEXUS_S3_DELIVERY", "redirect")
# Segments of 6 s that one listening session, and one address, may take in ten seconds.
NEXUS_SESSION_SEGMENTS = env.number("NEXUS_SESSION_SEGMENTS", 60)
NEXUS_CLIENT_SEGMENTS = env.number("NEXUS_CLIENT_SEGMENTS", 600)
# Path prefix nginx maps to the media folder (X-Accel-Redirect); empty: Nexus sends the bytes.
NEXUS_ACCEL_PREFIX = env.text("NEXUS_ACCEL_PREFIX")

NEXUS_MAX_UPLOAD_BYTES = env.number("NEXUS_MAX_UPLOAD_BYTES", 4 * GIB)
NEXUS_MAX_DURATION_SECONDS = env.number("NEXUS_MAX_DURATION_SECONDS", 12 * 3600)
NEXUS_QUOTA_BYTES = env.number("NEXUS_QUOTA_BYTES", 20 * GIB)
NEXUS_UPLOAD_EXPIRY_DAYS = 7
# How many pieces of a newcomer a person looks at before they are public; 0: none.
NEXUS_HOLD_FIRST_UPLOADS = env.number("NEXUS_HOLD_FIRST_UPLOADS", 0)
# Two, so that the next piece sounds at once while an hour of music is still being encoded.
NEXUS_FAST_WORKERS = env.number("NEXUS_FAST_WORKERS", 2)
NEXUS_WORK_DIR = STATE_DIR / "work"
# Free bytes below which nothing new is begun; −1: the smaller of 2 % of the disk and 1 GiB.
NEXUS_DISK_RESERVE_BYTES = env.number("NEXUS_DISK_RESERVE_BYTES", -1)

# Bodies under way lie on the storage's own disk: one place to watch, one place to fill up.
_own_disk = env.text("NEXUS_MEDIA_DIR")
FILE_UPLOAD_TEMP_DIR = f"{_own_disk}/.spool" if _own_disk else str(STATE_DIR / "spool")

# Backups: a folder or s3://bucket/prefix, on another disk than the music; empty: none by itself.
NEXUS_BACKUP_TARGET = env.text("NEXUS_BACKUP_TARGET")
NEXUS_BACKUP_HOUR = env.number("NEXUS_BACKUP_HOUR", 3)
NEXUS_BACKUP_KEEP = env.number("NEXUS_BACKUP_KEEP", 7)
# Hours after which the newest backup is too old, and days after which one is tried by a drill.
NEXUS_BACKUP_MAX_HOURS = env.number("NEXUS_BACKUP_MAX_HOURS", 48)
NEXUS_BACKUP_DRILL_DAYS = env.number("NEXUS_BACKUP_DRILL_DAYS", 30)
NEXUS_BACKUP_S3 = {
    "endpoint_url": env.text("NEXUS_BACKUP_S3_ENDPOINT_URL") or env.text("S3_ENDPOINT_URL") or None,
    "region_name": env.text("NEXUS_BACKUP_S3_REGION") or env.text("S3_REGION") or None,
    "access_key": env.text("NEXUS_BACKUP_S3_ACCESS_KEY") or env.text("S3_ACCESS_KEY") or None,
    "secret_key": env.text("NEXUS_BACKUP_S3_SECRET_KEY") or env.text("S3_SECRET_KEY") or None,
    "addressing_style": env.text("S3_ADDRESSING_STYLE", "auto"),
    "signature_version": "s3v4",
}
