"""What a person says of music, gives away and is given."""

from django.utils import timezone

from assistant.models import NoTranscript, ProviderCall
from social.models import (
    ArtistPage,
    ArtistPicture,
    User,
)
from tests.factories.assistant import make_suggestion, transcribe
from tests.factories.media_pipeline import AssetFactory, finish
from tests.factories.tracks import (
    PlaylistFactory,
)
from tests.social.departure.read import read_by_machines
from tracks.credits.rules import Artist
from tracks.credits.services import claims, crediting
from tracks.models import (
    Download,
    DownloadGrant,
    ListedListener,
    Name,
    Parcel,
    Playlist,
    PlaylistCollaborator,
    Track,
)


def described(person: User, name_of: str, track: Track, playlist: Playlist) -> None:
    read_by_machines(person, name_of, track)
    make_suggestion(track, "summary", f"By {name_of}.", decided_by=person, taken=name_of)
    assert track.primary_version
    transcribe(track.primary_version, f"Sung by {name_of}", edited_by=person)
    NoTranscript.objects.create(track=track, set_by=person)
    ProviderCall.objects.create(
        provider="openai", task="transcript", model="whisper-1", track=track, units=7, status="ok"
    )
    crediting.set_artists(thing=track, artists=[Artist(name_of)], by=person)
    name = Name.objects.get(name=name_of)
    claims.claim(name=name, by=person)
    others = PlaylistFactory.create()
    PlaylistCollaborator.objects.create(playlist=others, person=person, invited_by=others.owner)
    PlaylistCollaborator.objects.create(
        playlist=playlist, person=others.owner, invited_by=person, accepted_at=timezone.now()
    )
    asset = finish(AssetFactory.create(owner=person))
    picture = ArtistPicture.objects.create(user=person, asset=asset, alt=name_of, credit=name_of)
    ArtistPage.objects.create(user=person, header=picture, press_md=f"{name_of} is here.")


def given(person: User, elsewhere: Track, name_of: str) -> None:
    """Both ways: theirs to somebody else, and somebody else's to them."""
    other, own = elsewhere.owner, Track.objects.filter(owner=person).first()
    for owner, listener, track in ((person, other, own), (other, person, elsewhere)):
        ListedListener.objects.create(owner=owner, person=listener, note=name_of)
        DownloadGrant.objects.create(track=track, person=listener, granted_by=owner)
        words = {"title": f"A song by {owner.name}", "what": "mp3", "size_bytes": 7}
        parcel = Parcel.objects.create(
            digest=str(owner.pk),
            filename=f"{owner.name}.mp3",
            size_bytes=7,
            stretches=[],
            media=[],
            files=[],
        )
        Download.objects.create(user=listener, owner=owner, track=track, parcel=parcel, **words)
