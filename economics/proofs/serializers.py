"""A proof as programs read it."""

from rest_framework import serializers


class SumsField(serializers.DictField):
    """Minor units by line: `artists`, `charity:eff`, `platform`, `returned.artists` …"""

    child = serializers.IntegerField(min_value=0)


class NodeTold(serializers.Serializer[object]):
    """A node beside the way from the leaf to the root."""

    hash = serializers.CharField()
    sums = SumsField()


class LeafTold(serializers.Serializer[object]):
    """What the leaf says. The nonce is in no other place."""

    contribution = serializers.UUIDField()
    transaction = serializers.UUIDField()
    kind = serializers.CharField()
    lines = SumsField()
    nonce = serializers.CharField()


class StepTold(serializers.Serializer[object]):
    """One step of the contribution: that it came, or was taken back."""

    batch = serializers.IntegerField()
    count = serializers.IntegerField()
    position = serializers.IntegerField()
    leaf = LeafTold()
    path = NodeTold(many=True)


class ProofTold(serializers.Serializer[object]):
    """What `/transparency/money/check.py` checks against `/transparency/money.json`."""

    format = serializers.CharField()
    currency = serializers.CharField()
    decimals = serializers.IntegerField()
    contribution = serializers.UUIDField()
    amount = serializers.IntegerField()
    steps = StepTold(many=True)
    waiting = serializers.IntegerField(help_text="How many steps are in no batch yet.")
