"""The ledger in the admin, for whoever keeps the books: to read, and nothing else."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from config.lib.admin import ReadOnlyAdmin
from config.lib.paging import Page, before_of
from economics.books import presenters
from economics.days import read_day
from economics.models import LedgerAccount, LedgerTransaction


class BooksAdmin(ReadOnlyAdmin):
    """A list of the ledger, filtered by its own form and paged by its own order."""

    template = ""

    def found(self, asked: presenters.Asked, before: str) -> Page[Any]:
        """Return a page of what is asked for."""
        raise NotImplementedError

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what is asked for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = presenters.Asked.of(request.GET)
        found = self.found(asked, before_of(request))
        query = request.GET.copy()
        query["before"] = found.next_cursor
        words = {
            "title": self.opts.verbose_name_plural.capitalize(),  # type: ignore[union-attr]
            "opts": self.opts,
            "asked": asked,
            "is_no_day": bool(asked.day) and read_day(asked.day) is None,
            "accounts": LedgerAccount.Kind.choices,
            "kinds": presenters.kinds(),
            "rows": found.rows,
            "next_url": f"?{query.urlencode()}" if found.next_cursor else "",
        }
        return TemplateResponse(
            request, self.template, {**self.admin_site.each_context(request), **words}
        )


@admin.register(LedgerTransaction)
class LedgerTransactionAdmin(BooksAdmin):
    """Everything that happened with money; `manage.py ledger verify` finds every touch."""

    template = "admin/ledger/transactions.html"

    def found(self, asked: presenters.Asked, before: str) -> Page[Any]:
        """Return transactions, the newest first."""
        return presenters.transactions(asked, before)


@admin.register(LedgerAccount)
class LedgerAccountAdmin(BooksAdmin):
    """Every account, with its balance as of a day."""

    template = "admin/ledger/accounts.html"

    def found(self, asked: presenters.Asked, before: str) -> Page[Any]:
        """Return accounts by their keys."""
        return presenters.balances(asked, before)
