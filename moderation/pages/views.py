"""The terms of this site, and how to reach whoever runs it: the same for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.lib.markdown import to_html
from config.lib.page_cache import cacheable, shows
from moderation.pages import selectors


@require_safe
@cacheable()
def terms(request: HttpRequest) -> HttpResponse:
    """Say what is allowed here, how it is moderated, and since when that holds."""
    return _shown(request, selectors.current("terms"))


@require_safe
@cacheable()
def terms_version(request: HttpRequest, number: int) -> HttpResponse:
    """Say what the terms were in one of their versions."""
    found = selectors.numbered("terms", number)
    if found is None:
        raise Http404
    return _shown(request, found)


@require_safe
@cacheable()
def contact(request: HttpRequest) -> HttpResponse:
    """Say how people and authorities reach the operator, or that they have not said so yet."""
    shows(selectors.SHOWN)
    told = selectors.current("contact")
    context = {"told": told, "html": to_html(told.words)}
    return render(request, "moderation/pages/contact.html", context)


def _shown(request: HttpRequest, told: selectors.Told) -> HttpResponse:
    shows(selectors.SHOWN)
    versions = selectors.versions_of("terms")
    context = {
        "told": told,
        "html": to_html(told.words),
        "versions": versions,
        "is_former": bool(versions) and versions[0].number != told.number,
    }
    return render(request, "moderation/pages/terms.html", context)
