"""The one way in which a step says no to a file."""


class Refused(Exception):
    """This file will never work. `code` is stable; `sentence` is for the person who sent it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


def empty_file() -> Refused:
    return Refused("empty-file", "This file is empty. Export it again and upload the new file.")


def not_audio() -> Refused:
    return Refused(
        "not-audio",
        "This is not a sound file that Nexus knows. "
        "Upload WAV, AIFF, FLAC, MP3, Ogg, Opus, M4A, AAC, WebM or CAF.",
    )


def no_audio_stream() -> Refused:
    return Refused("no-audio-stream", "There is no sound in this file, only other content.")


def damaged() -> Refused:
    return Refused(
        "damaged", "This file is damaged and cannot be played. Export it again and upload that."
    )


def not_played(codec: str) -> Refused:
    return Refused(
        "codec-not-played",
        f"The sound in this file is {codec}, which Nexus does not play. Export it as WAV or FLAC, "
        "or upload AIFF, MP3, Ogg, Opus, M4A, AAC, WebM or CAF.",
    )


def cannot_read(codec: str, container: str) -> Refused:
    return Refused(
        "cannot-read",
        f"Nexus cannot read this file ({codec} in {container}), though nothing says that it is "
        "damaged. Export it as WAV or FLAC and upload that.",
    )


def too_short() -> Refused:
    return Refused("too-short", "This sound is shorter than a hundredth of a second.")


def chained() -> Refused:
    return Refused(
        "chained",
        "This file holds recordings of different sample rates or channels, one after the other. "
        "Join them into one and upload that.",
    )


def too_long(hours: int) -> Refused:
    return Refused("too-long", f"This piece is longer than {hours} hours. Split it into parts.")


def too_many_channels(most: int) -> Refused:
    return Refused(
        "too-many-channels",
        f"This file has more than {most} channels. Mix it down to stereo and upload that.",
    )


def too_demanding() -> Refused:
    return Refused(
        "too-demanding",
        "This file asks for more work than a piece of music should. Export it again, plainly.",
    )
