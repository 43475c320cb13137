"""Looking for music by words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from config.lib.kept_pages import EVERYBODY
from config.lib.page_cache import cacheable
from tracks.search import counting, presenters, selectors
from tracks.search.facets import NAMES
from tracks.search.grammar import read
from tracks.search.sentences import understood

READ = ("q", "type", "not", *NAMES)
SAID, AS = "said", "as"  # a sentence that was read as conditions; that it is to be words


@require_safe
@cacheable(*READ, SAID, AS, "cursor")
def search(request: HttpRequest) -> HttpResponse:
    """What everybody may find and fits, the best first; operators become chips of the address."""
    wanted = read(dict(request.GET.lists()))
    if wanted.rewritten and not wanted.problems:
        return redirect(f"{request.path}?{wanted.address()}")
    selectors.shown()
    sentence = None if wanted.problems or AS in request.GET else understood(wanted)
    with selectors.bounded():
        if sentence and not selectors.fits_as_written(wanted, request.user):
            return redirect(f"{request.path}?{presenters.address_of(sentence, wanted.text)}")
        context = presenters.page(wanted, request.user, request.GET.get("cursor", ""))
    context |= presenters.meant(sentence, wanted, request.GET.get(SAID, ""))
    return render(request, "tracks/search/search.html", context)


@require_safe
@cacheable("q", own=[EVERYBODY])
def passages(request: HttpRequest) -> HttpResponse:
    """Where in tracks it stands, said or sung: a part of the page of a search, or a page.

    What is one's own is found there too, so that whoever is signed in gets a page of their own.
    """
    wanted = read(dict(request.GET.lists()))
    selectors.shown()
    with selectors.bounded(settings=selectors.settings_of_arms()):
        context = presenters.passages(wanted, request.user)
    is_part = request.headers.get("HX-Request") == "true"
    page = "_passages" if is_part else "passages"
    return render(request, f"tracks/search/{page}.html", context)


@require_safe
@cacheable(*READ)
def counts(request: HttpRequest) -> HttpResponse:
    """How many things are found, and what could be added: a part of the page of a search."""
    wanted = read(dict(request.GET.lists()))
    selectors.shown()
    with selectors.bounded():
        kinds = counting.by_kind(wanted, request.user)
        groups = counting.groups(wanted, request.user)
    context = {
        "kinds": presenters.counted_kinds(wanted, kinds),
        "groups": presenters.groups(wanted, groups),
        "path": request.path.removesuffix("counts/"),
    }
    return render(request, "tracks/search/_counts.html", context)
