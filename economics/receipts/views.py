"""The receipt of what has come in, to read and to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from economics.contributions import selectors
from economics.contributions.views import private
from economics.receipts import presenters


@require_safe
def receipt(request: HttpRequest, key: str) -> HttpResponse:
    """Show the receipt of a contribution to whoever has its key; there is none before."""
    given = selectors.by_key(key)
    found = getattr(given, "receipt", None)
    if given is None or found is None:
        raise Http404
    context = presenters.page(found, given)
    return private(render(request, "economics/receipts/receipt.html", context))
