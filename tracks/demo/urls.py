"""Filling an empty site."""

from django.urls import path

from tracks.demo import views

urlpatterns = [path("demo/", views.demo_fill, name="demo-fill")]
