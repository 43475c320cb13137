"""What can be found: one row for each thing that everybody may find, with the words it has.

A row is chosen by its words, its traits and its standing, and never shown: whoever asks is shown
what the thing itself says, as far as they may open it.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

BESIDE = ~models.Q(kind="track")
TITLE_KEY_MAX = 120
WORD_MAX = 60


class Document(models.Model):
    """The words of one thing, under the id of the thing itself."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=12)
    title_key = models.CharField(max_length=TITLE_KEY_MAX)
    standing = models.BigIntegerField(help_text="Among those that fit as well: more comes first.")
    names = SearchVectorField(help_text="Of its title and of who made it.")
    words = SearchVectorField(help_text="All of its words, and its traits as `trait=value`.")
    bpm = models.FloatField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    day = models.DateField(null=True, blank=True, help_text="On which it was published.")

    class Meta:
        indexes = [
            # Without a list of what is pending: reading must not pay for what was written.
            GinIndex(fields=["names"], name="document_names", fastupdate=False),
            GinIndex(fields=["words"], name="document_words", fastupdate=False),
            # What is no track is found in an index of its own: tracks have most of the words.
            GinIndex(
                fields=["names"], name="document_names_beside", fastupdate=False, condition=BESIDE
            ),
            GinIndex(
                fields=["words"], name="document_words_beside", fastupdate=False, condition=BESIDE
            ),
            models.Index(fields=["kind", "-standing", "-id"], name="document_standing"),
            # For a span in which little lies.
            *(
                models.Index(fields=["kind", figure], name=f"document_{figure}")
                for figure in ("bpm", "seconds", "day")
            ),
            models.Index(
                "kind", OpClass("title_key", name="text_pattern_ops"), name="document_beginnings"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title_key}"


class ChangedThing(models.Model):
    """A thing of which something has changed, as `track:0192…`: its document is to be made anew.

    Each change is a row of its own, so that one that comes while the document is being made counts.
    """

    id = models.BigAutoField(primary_key=True)
    thing = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.thing


class KnownWord(models.Model):
    """A word of some title or name, to be found by whoever mistypes it."""

    word = models.CharField(primary_key=True, max_length=WORD_MAX)
    variants = ArrayField(
        models.CharField(max_length=WORD_MAX),
        help_text="The word itself, and what remains of it without one of its letters.",
    )

    class Meta:
        indexes = [GinIndex(fields=["variants"], name="known_word_variants", fastupdate=False)]

    def __str__(self) -> str:
        return self.word
