"""Notes on the waveform, standing where they were written."""

import factory

from social.models import Note, Placement
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory


class NoteFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """A note at 0:12 of a public track, by a fan."""

    class Meta:
        model = Note
        skip_postgeneration_save = True

    version = factory.LazyFunction(lambda: PublicTrackFactory.create().primary_version)
    track = factory.SelfAttribute("version.track")
    user = factory.SubFactory(UserFactory)
    at_ms = 12_000
    body_md = "The bass comes in late."

    @factory.post_generation
    def placed(self: Note, create: bool, extracted: object, **_rest: object) -> None:  # type: ignore[misc]
        """Put it on its own version; a reply stands with its parent."""
        if self.parent_id is None:
            Placement.objects.create(
                note=self, version=self.version, at_ms=self.at_ms, until_ms=self.until_ms
            )
