"""What a copy of a track or release costs, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.lib.api.bodies import NO_STORE, validated
from economics import money
from economics.models import Price
from economics.sales import selectors, services
from tracks.models import Release, Track


class PriceState(serializers.Serializer[Any]):
    """The least that its artist is to get, and what is suggested; minor units."""

    least_cents = serializers.IntegerField()
    suggested_cents = serializers.IntegerField()
    currency = serializers.CharField()


class PriceWords(serializers.Serializer[Any]):
    """The least, and what is suggested: the least where nothing is said."""

    least_cents = serializers.IntegerField(min_value=1, max_value=money.MOST)
    suggested_cents = serializers.IntegerField(
        min_value=1, max_value=money.MOST, required=False, allow_null=True, default=None
    )


class _PriceView(APIView):
    permission_classes = [IsAuthenticatedOrReadOnly]
    model: type[Track] | type[Release]

    @extend_schema(responses=PriceState)
    def get(self, request: Request, id: UUID) -> Response:
        """What a copy costs; 404 where it is not for sale, or not open to whoever asks."""
        thing = self._opened(request, id)
        return Response(_told(selectors.price_of(thing)), headers=NO_STORE)

    @extend_schema(request=PriceWords, responses=PriceState)
    def put(self, request: Request, id: UUID) -> Response:
        """Sell copies for at least this much."""
        thing, said = self._own(request, id), validated(PriceWords, request)
        price = services.set_price(
            thing=thing,
            by=request.user,  # type: ignore[arg-type]
            least=said["least_cents"],
            suggested=said["suggested_cents"],
        )
        return Response(_told(price), headers=NO_STORE)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Sell no more; whoever has paid keeps what they may."""
        services.end_price(thing=self._own(request, id), by=request.user)  # type: ignore[arg-type]
        return Response(status=204, headers=NO_STORE)

    def _opened(self, request: Request, id: UUID) -> Any:
        rows: Any = self.model.objects
        return _found(rows.visible_to(request.user).filter(pk=id).first())

    def _own(self, request: Request, id: UUID) -> Any:
        rows: Any = self.model.objects
        return _found(rows.filter(pk=id, owner=request.user.pk).first())


class TrackPriceView(_PriceView):
    """What a copy of a track costs."""

    model = Track


class ReleasePriceView(_PriceView):
    """What a copy of a release costs."""

    model = Release


def _found(thing: Any) -> Any:
    if thing is None:
        raise NotFound
    return thing


def _told(price: Price | None) -> dict[str, Any]:
    if price is None:
        raise NotFound("It is not for sale.")
    return {
        "least_cents": price.least,
        "suggested_cents": price.suggested,
        "currency": money.currency(),
    }
