"""What programs are told of talks with moderators."""

from typing import Any

from rest_framework import serializers

from moderation.models import Scope, Talk
from moderation.models.talk import MESSAGE_CHARS


class NewAnswer(serializers.Serializer[Any]):
    """What somebody answers the moderators; Markdown."""

    text = serializers.CharField(max_length=MESSAGE_CHARS)


class MessageTold(serializers.Serializer[Any]):
    """One message. Moderators have no names here."""

    id = serializers.UUIDField()
    by_moderators = serializers.BooleanField()
    words = serializers.CharField()
    created_at = serializers.DateTimeField()


class TalkTold(serializers.Serializer[Any]):
    """A talk about one thing with what was written, the oldest first."""

    id = serializers.UUIDField()
    target_type = serializers.ChoiceField(Scope.choices)
    target_id = serializers.UUIDField()
    title = serializers.CharField()
    as_reporter = serializers.BooleanField()
    messages = MessageTold(many=True)


class TalksPage(serializers.Serializer[Any]):
    """A page of them, newest first; `next` is what to send as `before`, null on the last."""

    talks = TalkTold(many=True)
    next = serializers.CharField(allow_null=True)


def told(talk: Talk) -> dict[str, Any]:
    """Return a talk as programs are told it; it must come from `with_messages`."""
    return {
        "id": talk.pk,
        "target_type": talk.case.target,
        "target_id": talk.case.target_id,
        "title": talk.case.title,
        "as_reporter": talk.report_id is not None,
        "messages": talk.said,  # type: ignore[attr-defined]
    }
