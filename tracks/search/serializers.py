"""What programs are told of what was found."""

from typing import Any

from rest_framework import serializers


class FoundTold(serializers.Serializer[Any]):
    """One thing: a track with its artist, or whatever else was found."""

    type = serializers.CharField()
    id = serializers.UUIDField()
    title = serializers.CharField()
    words = serializers.CharField(help_text="Who made it, or a few other words about it.")
    url = serializers.CharField()


class ResultsTold(serializers.Serializer[Any]):
    """A page of what was found; `next` is empty on the last, else the next one's `cursor`."""

    results = FoundTold(many=True)
    next = serializers.CharField()


class QuestionAsked(serializers.Serializer[Any]):
    """A question, and by what it is answered: words that stand there, meaning, or both."""

    query = serializers.CharField(max_length=500, trim_whitespace=True)
    mode = serializers.ChoiceField(choices=("words", "meaning", "both"), default="both")
    limit = serializers.IntegerField(min_value=1, max_value=50, default=20)


class PartTold(serializers.Serializer[Any]):
    """Some of a passage, and whether it was asked for."""

    text = serializers.CharField(trim_whitespace=False)
    asked = serializers.BooleanField()


class AnswerTold(serializers.Serializer[Any]):
    """A track that answers, and where in it: `url` plays from there."""

    track = serializers.UUIDField()
    title = serializers.CharField()
    artist = serializers.CharField()
    at_ms = serializers.IntegerField(allow_null=True, help_text="None: not said at a moment.")
    end_ms = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField(
        allow_null=True, help_text="The number of the version that has it; none: the primary one."
    )
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="What the passage is from: Transcript, Lyrics, …; empty where the track has it."
    )
    passage = serializers.CharField()
    parts = PartTold(many=True)
    url = serializers.CharField()


class UnderstoodTold(serializers.Serializer[Any]):
    """A condition that a sentence was read as; `GET /api/v1/search/` takes it."""

    facet = serializers.CharField()
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class AnswersTold(serializers.Serializer[Any]):
    """What answers, the best first; nothing where nothing does."""

    results = AnswerTold(many=True)
    understood = UnderstoodTold(many=True)


class OptionTold(serializers.Serializer[Any]):
    """A condition that could be added, and how many things would be found: 1,001 for more."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()


class GroupTold(serializers.Serializer[Any]):
    """The conditions of one facet."""

    facet = serializers.CharField()
    options = OptionTold(many=True)


class CountsTold(serializers.Serializer[Any]):
    """How many things are found, exact up to 1,000; 1,001 for more."""

    count = serializers.IntegerField()
    types = serializers.DictField(child=serializers.IntegerField())
    facets = GroupTold(many=True)


class SuggestionsTold(serializers.Serializer[Any]):
    """Up to eight things that begin so."""

    results = FoundTold(many=True)
