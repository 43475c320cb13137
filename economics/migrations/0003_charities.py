from django.db import migrations

from config.lib.ids import uuid7

CHARITIES = [
    (
        "eff",
        "Electronic Frontier Foundation",
        "Defends civil liberties in the digital world: in court, in code and in public.",
        "https://www.eff.org/",
        "https://supporters.eff.org/donate/",
    ),
    (
        "creative-commons",
        "Creative Commons",
        "Makes the licences by which music, texts and pictures are shared freely.",
        "https://creativecommons.org/",
        "https://creativecommons.org/donate/",
    ),
    (
        "internet-archive",
        "Internet Archive",
        "A library of what was published: music, books, films, and the web itself.",
        "https://archive.org/",
        "https://archive.org/donate/",
    ),
    (
        "wikimedia",
        "Wikimedia Foundation",
        "Runs Wikipedia and Wikimedia Commons, open to everybody and written by everybody.",
        "https://wikimediafoundation.org/",
        "https://donate.wikimedia.org/",
    ),
]


def seed(apps, schema_editor):
    """Offer four charities; what an operator has under a slug already stays as it is."""
    Charity = apps.get_model("economics", "Charity")
    for slug, name, about, website, pay_link in CHARITIES:
        words = {"name": name, "about": about, "website": website, "pay_link": pay_link}
        Charity.objects.get_or_create(slug=slug, defaults={"id": uuid7()} | words)


class Migration(migrations.Migration):
    dependencies = [("economics", "0002_ledger_only_grows")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
