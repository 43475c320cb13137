"""What stops a backup or a restore."""


class BackupError(Exception):
    """It cannot be done: one sentence for the administrator, with what to do about it."""


class SliceOver(Exception):
    """The time of this slice is over; the same work goes on where it stopped."""
