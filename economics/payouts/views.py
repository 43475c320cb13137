"""What is owed to an artist, and asking for it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.problems import Problem
from economics import days, money, tables
from economics.pay_links.selectors import own
from economics.payouts import selectors, services
from economics.payouts.forms import AskForm
from economics.payouts.registry import stop_of

PAGE = "economics/payouts/mine.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What is owed, what was sent, and a form to ask for it."""
    person, day = _person(request), days.read_day(request.GET.get("day", ""))
    balance = selectors.balance(person, days.end_of(day) if day else None)
    form = AskForm(request.POST or None, links=own(person), free=max(balance.free, 0))
    if request.method == "POST" and form.is_valid():
        try:
            services.ask(by=person, **form.cleaned_data)
            return redirect("my-payouts")
        except Problem as refusal:
            form.add_error(refusal.extra.get("field"), refusal.detail)
    words = {"balance": balance, "form": form, "day": day, "stop": stop_of(person.pk)}
    payouts = list(selectors.payouts_of(person)[: selectors.ASKED_MOST])
    is_waiting = any(row.is_waiting for row in payouts)
    words |= {"payouts": payouts, "is_waiting": is_waiting, "lines": selectors.statement(person)}
    response = render(request, PAGE, words, status=422 if form.is_bound else 200)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take back what one has asked for."""
    if selectors.find_own(request.user, key) is None:
        raise Http404
    try:
        services.withdraw(key, by=_person(request))
        messages.success(request, "Taken back.")
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect("my-payouts")


@require_safe
@login_required
def statement(request: HttpRequest) -> HttpResponse:
    """Every movement of what is owed, as CSV."""
    rows = (
        (line.at.isoformat(), line.kind, money.plain(line.amount), money.plain(line.balance))
        for line in selectors.whole_statement(request.user)
    )
    return tables.csv_answer("statement.csv", ("at", "what", "amount", "owed"), rows)


def _person(request: HttpRequest) -> Any:
    return request.user
