"""What moderators prepare for themselves: ready texts, and words to be shown."""

from django import forms
from django.contrib import admin

from moderation.models import WatchedWord, Wording
from moderation.suggestions.rules import PHRASE_WORDS, folded


@admin.register(Wording)
class WordingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Ready texts of moderators."""

    list_display = ["name", "use", "reason"]
    list_filter = ["use", "reason"]
    search_fields = ["name", "words"]


class WatchedWordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A watched word; one that says nothing once it is folded is refused."""

    def clean_phrase(self) -> str:
        """Return it on one line."""
        phrase = " ".join(self.cleaned_data["phrase"].split())
        if not 1 <= len(folded(phrase)) <= PHRASE_WORDS:
            raise forms.ValidationError(f"Write one to {PHRASE_WORDS} words.")
        return phrase


@admin.register(WatchedWord)
class WatchedWordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Words at which a moderator is to look. They restrict nothing by themselves."""

    form = WatchedWordForm
    list_display = ["phrase", "reason", "is_active"]
    list_filter = ["reason", "is_active"]
    search_fields = ["phrase"]
