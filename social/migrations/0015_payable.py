from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("social", "0014_sessions_ended")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_payable",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="Whether they say where.",
            ),
        ),
    ]
