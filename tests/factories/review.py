"""Links for people without an account."""

import factory

from social.models import ReviewGuest, ReviewLink
from tests.factories.tracks import ReadyTrackFactory


class ReviewLinkFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """A living link to a private track, made by its owner."""

    class Meta:
        model = ReviewLink

    track = factory.SubFactory(ReadyTrackFactory)
    recipient = "Ana"
    created_by = factory.SelfAttribute("track.owner")


class ReviewGuestFactory(factory.django.DjangoModelFactory):  # type: ignore[misc,type-arg]
    """Somebody who came by a link and gave a name."""

    class Meta:
        model = ReviewGuest

    link = factory.SubFactory(ReviewLinkFactory)
    name = "Ana"
