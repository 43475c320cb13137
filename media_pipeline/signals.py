"""What the machine announces. Each is sent on commit, robustly, with `asset=`."""

from django.dispatch import Signal

asset_probed = Signal()  # the file was opened, and what it says of itself is written down
asset_playable = Signal()  # the first segments of every default rendition can be heard
asset_ready = Signal()  # facts, waveform, cover and all default renditions are there
music_measured = Signal()  # tempo and key are known, as far as they can be
asset_failed = Signal()  # the main job ended without success; its row says why
asset_queued = Signal()  # a job that had ended badly is tried again, or one waits for room
