"""Models of vectors, and how far each is."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from assistant.meaning.services import indexes
from assistant.models import EmbeddingModel
from config.lib.admin import ReadOnlyAdmin


@admin.register(EmbeddingModel)
class EmbeddingModelAdmin(ReadOnlyAdmin):
    """Which model serves, which is being filled, which is taken away."""

    list_display = ["provider", "model", "version", "dimensions", "state", "vectors", "is_indexed"]
    list_filter = ["state"]
    ordering = ["pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EmbeddingModel]:
        """Return the models, each with how many vectors there are of it."""
        rows: QuerySet[EmbeddingModel] = super().get_queryset(request)
        return rows.annotate(vectors=Count("embeddings"))

    @admin.display(description="vectors", ordering="vectors")
    def vectors(self, row: EmbeddingModel) -> str:
        """Return how many passages it has vectors of."""
        return f"{getattr(row, 'vectors', 0):,}"

    @admin.display(boolean=True, description="index")
    def is_indexed(self, row: EmbeddingModel) -> bool:
        """Tell whether its vectors are found by an index."""
        return indexes.has_one(row)
