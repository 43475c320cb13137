"""What an editor fills in to change a page."""

from typing import Any

from django import forms

from config.lib.problems import Problem
from moderation.models import PageText
from moderation.pages.selectors import GAP, current
from moderation.pages.services import checked

HINTS = {
    "terms": "Markdown. Earlier versions stay readable for everybody. What decisions name as their "
    "clause should stand here.",
    "contact": "Markdown. At least: your name and postal address, an e-mail address for people, "
    "one for authorities, and the languages in which you can be written to.",
}


class PageTextForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words of a page, begun with what it says now."""

    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = PageText
        fields = ["page", "words"]
        widgets = {
            "page": forms.HiddenInput,
            "words": forms.Textarea(attrs={"rows": 40, "cols": 100}),
        }

    def __init__(self, *args: Any, page: str, **words: Any) -> None:
        told = current(page)
        words["initial"] = {"page": page, "words": told.words, "after": told.number}
        super().__init__(*args, **words)
        hint = f" Put your own words where “{GAP}…]” stands." if GAP in told.words else ""
        self.fields["words"].help_text = HINTS[page] + hint

    def clean(self) -> dict[str, Any]:
        """Refuse what would not be published; the words stay in front of whoever wrote them."""
        found = super().clean() or self.cleaned_data
        if {"page", "words", "after"} <= set(found):
            try:
                checked(page=found["page"], words=found["words"], after=found["after"])
            except Problem as refusal:
                self.add_error("words", refusal.detail)
        return found
