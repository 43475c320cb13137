"""What tracks announce. Each is sent on commit, robustly, with `track=`."""

from django.dispatch import Signal

track_published = Signal()  # for the first time everybody can find and hear it
primary_chosen = Signal()  # its owner shows another version first; also with `by=`
