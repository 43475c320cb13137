"""Which model's vectors are made, which serve, and which are taken away."""

from django.conf import settings
from django.db import transaction

from assistant.meaning.lexical import Lexical
from assistant.models import Embedding, EmbeddingModel
from assistant.providers.registry import MACHINES, Embedder

State = EmbeddingModel.State
AT_ONCE = 2_000


def lexical() -> EmbeddingModel:
    """Return the model that always serves."""
    return of_machine(MACHINES.embedders[Lexical.name], State.SERVING)


def wanted() -> EmbeddingModel:
    """Return the model that the site is set to; the lexical one where that is not there."""
    machine = MACHINES.embedders.get(settings.NEXUS_EMBEDDINGS)
    if machine is None or machine.name == Lexical.name:
        return lexical()
    if not machine.is_there() or not machine.dimensions:
        return lexical()
    return of_machine(machine, State.FILLING)


def of_machine(machine: Embedder, state: str) -> EmbeddingModel:
    """Return the row of a machine's model as it is now."""
    named = {"provider": machine.name, "model": machine.model, "version": machine.version}
    rest = {"dimensions": machine.dimensions, "state": state}
    return EmbeddingModel.objects.get_or_create(**named, defaults=rest)[0]


def settle() -> EmbeddingModel:
    """Let the model that is wanted be filled, once it was retired; return it."""
    model = wanted()
    if model.state == State.RETIRED:
        model.state = State.FILLING
        model.save(update_fields=["state"])
    return model


@transaction.atomic
def switch(model: EmbeddingModel) -> None:
    """Let a model serve that is filled, and retire the others; words and letters always serve."""
    rows = EmbeddingModel.objects.select_for_update()
    rows.filter(pk=model.pk).update(state=State.SERVING)
    rows.exclude(pk__in=[model.pk, lexical().pk]).update(state=State.RETIRED)


def remove_retired() -> int:
    """Take away the vectors of models that serve no more, some at once; return how many."""
    rows = Embedding.objects.filter(model__state=State.RETIRED).order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    return Embedding.objects.filter(pk__in=keys).delete()[0]
