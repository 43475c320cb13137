"""The description of the API."""

from functools import cache

from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class SchemaView(SpectacularAPIView):
    """The same for everybody, so each process writes it once: a fifth of a second.

    The library's own view also takes a version and a language from the client, and we have one.
    """

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Return it as YAML or JSON, as `Accept` or `format` says."""
        renderer = request.accepted_renderer
        return HttpResponse(
            _description(type(renderer)),
            content_type=f"{renderer.media_type}; charset=utf-8",
            headers={"Content-Disposition": f'inline; filename="nexus.{renderer.format}"'},
        )


@cache
def _description(renderer: type[BaseRenderer]) -> bytes:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return bytes(renderer().render(schema, renderer_context={}))
