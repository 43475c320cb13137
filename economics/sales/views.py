"""The doors of prices: setting one, ending it, and taking over what was bought."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from economics import money
from economics.sales import selectors, services
from economics.sales.forms import PriceForm
from economics.sales.presenters import initial
from tracks.models import Release, Track

MODELS: dict[str, Any] = {"track": Track, "release": Release}


@require_http_methods(["GET", "POST"])
@login_required
def price(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What a copy costs."""
    thing = _own(request, kind, slug)
    form = PriceForm(request.POST or None, initial=initial(thing))
    if request.method == "POST" and form.is_valid():
        services.set_price(thing=thing, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, "Whoever pays for it may keep it.")
        return redirect(f"{kind}-downloads", slug)
    context = {"thing": thing, "kind": kind, "form": form, "price": selectors.price_of(thing)}
    status = 422 if form.errors else 200
    return render(request, "economics/sales/price.html", context, status=status)


@require_POST
@login_required
def end(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Sell no more."""
    services.end_price(thing=_own(request, kind, slug), by=request.user)  # type: ignore[arg-type]
    messages.success(request, "It is not for sale any more. Whoever has paid keeps it.")
    return redirect(f"{kind}-downloads", slug)


@require_http_methods(["GET", "POST"])
@login_required
def claim(request: HttpRequest, key: str) -> HttpResponse:
    """Take over what was bought without an account, so that it can be kept by one."""
    found = selectors.unclaimed(key)
    if request.method == "POST" or found is None:
        given = services.claim(key=key, by=request.user)  # type: ignore[arg-type]
        thing: Any = given.track or given.release
        return redirect(thing.get_absolute_url() if thing else "home")
    return render(request, "economics/sales/claim.html", {"amount": money.told(found.amount)})


def _own(request: HttpRequest, kind: str, slug: str) -> Any:
    rows = MODELS[kind].objects.filter(owner=request.user).select_related("owner")
    return get_object_or_404(rows, slug=slug)
