"""Who is given something to keep."""

from django.db import models


class Audience(models.TextChoices):
    """To whom an owner opens a download; who may not listen is given nothing."""

    NOBODY = "nobody", "Nobody"
    GRANTED = "granted", "People you grant it to"
    LISTED = "listed", "People on your list"
    EVERYBODY = "everybody", "Everybody who may listen"
