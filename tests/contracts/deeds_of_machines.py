"""What has to happen for each kind of event about machines that read."""

from collections.abc import Callable

from assistant.consent import services as consent
from tests.factories.tracks import PublicTrackFactory


def say_where() -> None:
    track = PublicTrackFactory.create()
    for _ in range(2):
        consent.say(track=track, by=track.owner, where="nowhere")


DEEDS: dict[str, Callable[[], object]] = {
    "consent.changed": say_where,
}
