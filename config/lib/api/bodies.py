"""What a program has sent, read by a serializer; and what is said of answers about it."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from config.lib.problems import Problem

NO_STORE = {"Cache-Control": "no-store"}


def validated(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """Return the body as this serializer reads it. Raises ValidationError, Problem."""
    if not isinstance(request.data, dict):
        raise Problem("invalid-input", "Send a JSON object.")
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
