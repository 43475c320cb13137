"""Everything the machine remembers."""

from media_pipeline.models.asset import Asset, Media
from media_pipeline.models.audit import StorageFinding, StorageTally
from media_pipeline.models.backup import Backup
from media_pipeline.models.event import Event, EventNumber, EventReader
from media_pipeline.models.job import Job
from media_pipeline.models.music import Descriptor, MusicFacts
from media_pipeline.models.outcome import Artwork, AudioFacts, Fingerprint, Rendition, Waveform
from media_pipeline.models.removal import Removal
from media_pipeline.models.retention import Retention
from media_pipeline.models.schedule import Schedule
from media_pipeline.models.sealed import Seal, SealedEntry
from media_pipeline.models.upload import StorageQuota, Upload

__all__ = [
    "Artwork",
    "Asset",
    "AudioFacts",
    "Backup",
    "Descriptor",
    "Event",
    "EventNumber",
    "EventReader",
    "Fingerprint",
    "Job",
    "Media",
    "MusicFacts",
    "Removal",
    "Rendition",
    "Retention",
    "Schedule",
    "Seal",
    "SealedEntry",
    "StorageFinding",
    "StorageQuota",
    "StorageTally",
    "Upload",
    "Waveform",
]
