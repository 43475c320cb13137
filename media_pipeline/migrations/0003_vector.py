from django.db import migrations
from pgvector.django import VectorExtension


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0002_initial")]

    operations = [VectorExtension()]
