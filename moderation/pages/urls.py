"""Terms and contact."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from moderation.pages import views


class NumberConverter(IntConverter):
    """The number of a version, as the database can hold it."""

    regex = "[1-9][0-9]{0,8}"


register_converter(NumberConverter, "version_number")

urlpatterns = [
    path("terms/", views.terms, name="terms"),
    path("terms/<version_number:number>/", views.terms_version, name="terms-version"),
    path("contact/", views.contact, name="contact"),
]
