"""What tracks announce. Each is sent on commit, robustly, with `track=`."""

from django.dispatch import Signal

track_published = Signal()  # for the first time everybody can find and hear it
version_shown = Signal()  # its owner shows a hidden version again; with `version=` instead
primary_chosen = Signal()  # its owner shows another version first; also with `by=`
