"""What becomes of repeat infringers, for everybody."""

from django.urls import path

from moderation.strikes import views

urlpatterns = [path("repeat-infringers/", views.policy, name="repeat-infringers")]
