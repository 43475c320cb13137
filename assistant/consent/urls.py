"""Where owners say what machines may read, and everybody reads what is reserved."""

from django.urls import path

from assistant.consent import views

urlpatterns = [
    path("tracks/<slug:slug>/machines/", views.machines, name="track-machines"),
    path(".well-known/tdmrep.json", views.reservation, name="tdmrep"),
    path("ai.txt", views.ai, name="ai-txt"),
]
