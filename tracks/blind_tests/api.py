"""`/api/v1/tracks/{id}/blind-tests/` and `/api/v1/blind-tests/{id}/…`."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import validated
from config.lib.client import client_key
from tracks.blind_tests import media as blind_media
from tracks.blind_tests import services as blind_tests
from tracks.blind_tests.selectors import results_of
from tracks.models import BlindTest, Track, TrackVersion

NO_STORE = {"Cache-Control": "no-store"}


class NewBlindTest(serializers.Serializer[Any]):
    """Two versions of one track; `token` is the key that opened its page, if one did."""

    version_a = serializers.UUIDField()
    version_b = serializers.UUIDField()
    token = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class Answer(serializers.Serializer[Any]):
    """What X of a trial was taken for. `key` came with the beginning of the test."""

    key = serializers.CharField(max_length=100)
    trial = serializers.IntegerField(min_value=0, max_value=blind_tests.TRIALS_MAX)
    x = serializers.ChoiceField(blind_tests.SIDES)


class Ending(serializers.Serializer[Any]):
    """The end of a test; a guest may sign with a name."""

    key = serializers.CharField(max_length=100)
    name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class Passages(serializers.ListField):
    """[start, end, offset] in ms: of A, and how much later the same is."""

    child = serializers.ListField(child=serializers.IntegerField(), min_length=3, max_length=3)


class Loudness(serializers.Serializer[dict[str, Any]]):
    """LUFS of what both versions have in common; of each as a whole where that is not known."""

    a = serializers.FloatField(allow_null=True)
    b = serializers.FloatField(allow_null=True)


class Trial(serializers.Serializer[dict[str, Any]]):
    """Where X of the open trial is heard, already as loud as the quieter of the two."""

    number = serializers.IntegerField()
    hls_url = serializers.CharField()
    passages = Passages()


class BlindTestBegun(serializers.Serializer[dict[str, Any]]):
    """A test and its first trial; `passages` tell where B has what A has, none: where A has it."""

    id = serializers.UUIDField()
    key = serializers.CharField()
    loudness = Loudness()
    passages = Passages()
    trial = Trial(allow_null=True)


class Answered(serializers.Serializer[dict[str, Any]]):
    """What X was, and the next trial; null after the last one."""

    x = serializers.CharField()
    right = serializers.BooleanField()
    trial = Trial(allow_null=True)


class BlindTestResult(serializers.ModelSerializer[BlindTest]):
    """How a test went. `p_value` is one-sided: how likely guessing does as well."""

    listener = serializers.SerializerMethodField()
    has_account = serializers.SerializerMethodField()

    class Meta:
        model = BlindTest
        fields = [
            *(
                "id",
                "version_a",
                "version_b",
                "listener",
                "has_account",
                "trials",
                "correct",
                "p_value",
            ),
            *("answers", "created_at", "finished_at"),
        ]

    def get_listener(self, test: BlindTest) -> str:
        """Return the handle of whoever listened, or the name a guest has left."""
        return test.listener.handle if test.listener else test.listener_name

    def get_has_account(self, test: BlindTest) -> bool:
        """Tell whether somebody signed in listened; anybody may take a test, any name is taken."""
        return test.listener_id is not None


class BlindTestResults(serializers.Serializer[dict[str, Any]]):
    """A page of results; `next` is the cursor of the next page, empty on the last."""

    results = BlindTestResult(many=True)
    next = serializers.CharField()


class TrackBlindTestsView(APIView):
    """The blind tests of one track: anybody who may listen begins one, the owner reads them."""

    def get_permissions(self) -> list[Any]:
        """Let everybody begin one; only somebody signed in can be the owner."""
        return [IsAuthenticated() if self.request.method == "GET" else AllowAny()]

    @extend_schema(
        operation_id="blind_test_results",
        parameters=[OpenApiParameter("before", str, description="The cursor of a page.")],
        responses=BlindTestResults,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """List what came of the blind tests of one's own track, newest first."""
        track = get_object_or_404(Track, owner_id=request.user.pk, pk=id)
        found = results_of(track, request.query_params.get("before", ""))
        body = {"results": found.rows, "next": found.next_cursor}
        return Response(BlindTestResults(body).data, headers=NO_STORE)

    @extend_schema(
        operation_id="blind_test_begin", request=NewBlindTest, responses={201: BlindTestBegun}
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Begin a test. Needs no account: whoever may listen may be tested."""
        token = request.data.get("token", "") if isinstance(request.data, dict) else ""
        opened = TrackVersion.objects.opened_by(request.user, str(token), request.session)
        versions = TrackVersion.objects.filter(pk__in=opened.values("pk"), track=id)
        if not versions.exists():
            raise NotFound
        fields = validated(NewBlindTest, request)
        versions = versions.select_related("media__asset")
        test = blind_tests.begin(
            version_a=get_object_or_404(versions, pk=fields["version_a"]),
            version_b=get_object_or_404(versions, pk=fields["version_b"]),
            by=request.user,
            address=client_key(request),
        )
        body = {
            "id": test.pk,
            "key": blind_media.key_of(test),
            "loudness": blind_media.loudness_of(test),
            "passages": blind_media.passages_to(test, "b"),
            "trial": _open_trial(test),
        }
        return Response(BlindTestBegun(body).data, status.HTTP_201_CREATED, headers=NO_STORE)


class AnswersView(APIView):
    """The answers of one test."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="blind_test_answer", request=Answer, responses={201: Answered})
    def post(self, request: Request, id: UUID) -> Response:
        """Say what X is; the answer tells what it was, and opens the next trial."""
        test, fields = _begun_by(request, id, Answer)
        number = fields["trial"]
        test = blind_tests.answer(test=test, trial=number, said=fields["x"])
        was = test.hidden[number]
        body = {"x": was, "right": was == fields["x"], "trial": _open_trial(test)}
        return Response(Answered(body).data, status.HTTP_201_CREATED, headers=NO_STORE)


class BlindTestView(APIView):
    """The result of one test."""

    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="blind_test_result",
        parameters=[OpenApiParameter("key", str, description="What came with its beginning.")],
        responses=BlindTestResult,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Tell the score to the owner of the track and to whoever took the test."""
        return _data(_readable_by(request, id))

    @extend_schema(operation_id="blind_test_finish", request=Ending, responses=BlindTestResult)
    def put(self, request: Request, id: UUID) -> Response:
        """End the test and tell its score. Again: the same."""
        test, fields = _begun_by(request, id, Ending)
        return _data(blind_tests.finish(test=test, name=fields["name"]))


def _readable_by(request: Request, id: UUID) -> BlindTest:
    test = blind_media.opened_by_key(id, request.query_params.get("key", ""))
    if test is None and request.user.is_authenticated:
        mine = Q(track__owner_id=request.user.pk) | Q(listener_id=request.user.pk)
        rows = BlindTest.objects.filter(mine, track__deleted_at=None, pk=id)
        test = rows.select_related("listener").first()
    if test is None:
        raise NotFound
    return test


def _begun_by(request: Request, id: UUID, serializer: Any) -> tuple[BlindTest, dict[str, Any]]:
    """Return the test of whoever holds its key, and what they say of it."""
    key = request.data.get("key", "") if isinstance(request.data, dict) else ""
    test = blind_media.opened_by_key(id, str(key))
    if test is None:
        raise NotFound
    return test, validated(serializer, request)


def _open_trial(test: BlindTest) -> dict[str, Any] | None:
    if test.trials >= len(test.hidden):
        return None
    return {
        "number": test.trials,
        "hls_url": blind_media.x_url(test, test.trials),
        "passages": blind_media.passages_to(test, test.hidden[test.trials]),
    }


def _data(test: BlindTest) -> Response:
    return Response(BlindTestResult(test).data, headers=NO_STORE)
