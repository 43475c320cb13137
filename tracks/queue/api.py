"""`/api/v1/queue/`: what a listener plays, on whichever device."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import validated
from tracks.collections.api import ListEntry
from tracks.collections.entries import MOST, Asker, queued
from tracks.models import PlayQueue
from tracks.queue import services as queue

LONGEST_MS = 1000 * 3600 * 24
KEYS_MAX = 20


class QueuedItem(serializers.Serializer[Any]):
    """An entry as it is sent: its own id (a version may stand in a queue twice) and its version."""

    id = serializers.CharField(max_length=40)
    version = serializers.UUIDField()
    seat = serializers.FloatField(
        required=False, allow_null=True, help_text="Its place without shuffle."
    )
    key = serializers.CharField(
        max_length=64, required=False, allow_blank=True, help_text="The token that opens it."
    )
    reason = serializers.CharField(
        max_length=120,
        required=False,
        allow_blank=True,
        help_text="Why it follows by itself; empty for what a listener has put there.",
    )


class QueueChange(serializers.Serializer[Any]):
    """What is to change, and the revision the change was made from."""

    revision = serializers.IntegerField(min_value=0)
    items = serializers.ListField(child=QueuedItem(), required=False, max_length=MOST)
    current = serializers.CharField(max_length=40, required=False, allow_blank=True)
    position_ms = serializers.IntegerField(min_value=0, max_value=LONGEST_MS, required=False)
    shuffle = serializers.BooleanField(required=False)
    repeat = serializers.ChoiceField(PlayQueue.Repeat.choices, required=False)
    device = serializers.CharField(
        max_length=40, required=False, allow_blank=True, help_text="Who plays it."
    )

    def validate_items(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse an id twice, and more keys than anybody holds."""
        if len({item["id"] for item in items}) < len(items):
            raise serializers.ValidationError("Two entries have the same id.")
        if len({item["key"] for item in items if item.get("key")}) > KEYS_MAX:
            raise serializers.ValidationError(f"At most {KEYS_MAX} different keys.")
        return [item | {"version": str(item["version"])} for item in items]


class QueueEntry(ListEntry):
    """An entry as it is told."""

    queue_id = serializers.CharField()
    seat = serializers.FloatField(allow_null=True)
    reason = serializers.CharField()


class QueueState(serializers.Serializer[Any]):
    """The queue as it is now; what the listener may no longer hear is left out."""

    revision = serializers.IntegerField()
    entries = QueueEntry(many=True)
    current = serializers.CharField()
    position_ms = serializers.IntegerField()
    shuffle = serializers.BooleanField()
    repeat = serializers.ChoiceField(PlayQueue.Repeat.choices)
    device = serializers.CharField()


class QueueRevision(serializers.Serializer[Any]):
    """What the next change has to be made from."""

    revision = serializers.IntegerField()


class QueueView(APIView):
    """The queue of who is signed in."""

    @extend_schema(operation_id="queue_read", responses=QueueState)
    def get(self, request: Request) -> Response:
        """Tell the queue, the entry that plays, and how far it is."""
        row = queue.read(user=request.user)
        entries = queued(row.items, Asker(request.user, session=request.session))
        data = {
            name: getattr(row, name)
            for name in ("revision", "current", "position_ms", "shuffle", "repeat", "device")
        }
        if row.current not in {entry["queue_id"] for entry in entries}:
            data |= {"current": "", "position_ms": 0}
        return Response(data | {"entries": entries}, headers={"Cache-Control": "no-store"})

    @extend_schema(operation_id="queue_change", request=QueueChange, responses={200: QueueRevision})
    def patch(self, request: Request) -> Response:
        """Change what is named; 409 when another device has changed the queue meanwhile."""
        changes = validated(QueueChange, request)
        revision = changes.pop("revision")
        row = queue.write(user=request.user, revision=revision, changes=changes)
        return Response({"revision": row.revision})
