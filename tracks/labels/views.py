"""The page of a label, and where its owner changes it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.page_cache import cacheable, concerns, shows
from config.lib.paging import before_of
from config.lib.problems import Problem
from tracks.labels import presenters, selectors
from tracks.labels import services as labels
from tracks.labels.forms import LabelForm


@require_safe
@cacheable("before")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What has come out on a label, as far as the visitor may open it."""
    label = get_object_or_404(selectors.opened(request.user), slug=slug)
    shows(f"label:{label.pk}", f"person:{label.owner_id}")
    concerns(request, label.owner_id)
    context = presenters.label_page(label, request.user, before_of(request))
    return render(request, "tracks/labels/label_detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change its name, its words and its link."""
    label = get_object_or_404(selectors.own(request.user), slug=slug)
    form = LabelForm(request.POST or None, instance=label)
    if request.method == "POST" and form.is_valid():
        try:
            labels.edit(label=label, by=request.user, **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("label", slug)
        except Problem as refusal:
            form.add_error("name", refusal.detail)
    if form.errors:
        label.refresh_from_db()  # the form has put its words into it
    context = {"label": label, "form": form}
    status = 422 if form.errors else 200
    return render(request, "tracks/labels/label_edit.html", context, status=status)


@require_POST
@login_required
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a label away; its releases stay."""
    label = get_object_or_404(selectors.own(request.user), slug=slug)
    labels.delete(label=label, by=request.user)
    messages.success(request, f"“{label.name}” was deleted. Its releases are where they were.")
    return redirect("profile", request.user.get_username())
