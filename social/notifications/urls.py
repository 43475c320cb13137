"""What one should hear of."""

from django.urls import path

from social.notifications import views

urlpatterns = [
    path("notifications/", views.news, name="notifications"),
    path("notifications/read/", views.read_all, name="notifications-read"),
    path("notifications/<uuid:notification_id>/", views.follow, name="notification"),
]
