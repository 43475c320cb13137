"""The sockets of the moderators' bench."""

from django.urls import path

from moderation.desk.consumers import QueueConsumer
from moderation.talks.consumers import CaseTalksConsumer, ReportTalkConsumer, TalkConsumer

websocket_urlpatterns = [
    path("ws/talks/<str:key>/", TalkConsumer.as_asgi(), name="talk-live"),
    path("ws/reports/<str:key>/", ReportTalkConsumer.as_asgi(), name="report-talk-live"),
    path("ws/admin/cases/<uuid:case_id>/", CaseTalksConsumer.as_asgi(), name="case-talks-live"),
    path("ws/admin/cases/", QueueConsumer.as_asgi(), name="cases-live"),
]
