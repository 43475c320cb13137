"""The description of the API."""

import json
from functools import cache

from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
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
            _description(renderer.format),
            content_type=renderer.media_type,
            headers={"Content-Disposition": f'inline; filename="nexus.{renderer.format}"'},
        )


@cache
def _description(form: str) -> bytes:
    """Return it as `yaml` or `json`."""
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    if form == "json":
        return json.dumps(schema, indent=4).encode()
    return OpenApiYamlRenderer().render(schema, renderer_context={})  # type: ignore[no-any-return,no-untyped-call]
