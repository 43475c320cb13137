"""One index for each model, over its rows alone. Only the owner of the tables makes one."""

from typing import Any

from django.db import connection
from psycopg import sql

from assistant.meaning.services import models
from assistant.models import EmbeddingModel

NAME = "vectors_of_{}"
DIMENSIONS_MOST = 2_000  # of vectors that HNSW takes
MAKE = """
CREATE INDEX IF NOT EXISTS {name} ON assistant_embedding
USING hnsw ((vector::vector({dimensions})) vector_cosine_ops) WHERE model_id = {model}
"""


def are_there() -> set[str]:
    """Return the names of the indexes that there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'assistant_embedding'")
        return {name for (name,) in cursor.fetchall()}


def has_one(model: EmbeddingModel) -> bool:
    """Tell whether a model's vectors are found by an index; else all of them are looked at."""
    return NAME.format(model.pk) in are_there()


def make_all() -> list[EmbeddingModel]:
    """Make the index of each model that has none; return these. Needs to own the table."""
    models.wanted()
    there, made = are_there(), []
    for model in EmbeddingModel.objects.order_by("pk"):
        if NAME.format(model.pk) not in there and model.dimensions <= DIMENSIONS_MOST:
            _run(MAKE, model)
            made.append(model)
    return made


def _run(order: str, model: EmbeddingModel) -> None:
    words: dict[str, Any] = {
        "name": sql.Identifier(NAME.format(model.pk)),
        "dimensions": sql.Literal(model.dimensions),
        "model": sql.Literal(model.pk),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(order).format(**words))
