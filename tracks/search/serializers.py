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
