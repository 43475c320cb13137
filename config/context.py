"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, Any]:
    """Return the site's name, and where its source is (AGPL, section 13), for every template."""
    return {"site_name": settings.SITE_NAME, "source_url": settings.SOURCE_URL}
