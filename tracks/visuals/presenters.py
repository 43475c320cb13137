"""What is to be seen of a track in the cinema, as pages, the API and the socket tell it."""

from dataclasses import asdict, dataclass

from media_pipeline.delivery import media_url
from media_pipeline.models import Job
from tracks.models import Track, TrackVisual


@dataclass(frozen=True)
class VisualState:
    """How far a picture or film is: `none`, `pending`, `ready` or `failed`, with a sentence."""

    state: str = "none"
    kind: str = ""
    url: str = ""
    error: str = ""

    def data(self) -> dict[str, str]:
        """Return it as JSON says it."""
        return asdict(self)


NOTHING = VisualState()


def shown(visual: TrackVisual | None) -> VisualState:
    """Return the address of a finished picture or film (`kind`); NOTHING where there is none."""
    if visual is None or not visual.is_ready:
        return NOTHING
    kind, name = ("film", "visual.mp4") if visual.is_video else ("picture", "visual.jpg")
    return VisualState("ready", kind, media_url(visual.media, "-", name, scope="img"))


def state_of(track: Track) -> VisualState:
    """Return how far the track's picture or film is, for its owner."""
    visual = TrackVisual.objects.filter(track=track).select_related("media__asset").first()
    if visual is None or visual.is_ready:
        return shown(visual)
    jobs = Job.objects.filter(asset_id=visual.media.asset_id, kind=Job.Kind.VISUAL)
    job = jobs.only("state", "error").order_by("-id").first()
    if job and job.can_retry:
        return VisualState("failed", error=job.error)
    return VisualState("pending", error=job.error if job else "")
