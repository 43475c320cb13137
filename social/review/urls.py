"""Review links, the owner's review settings, and notes as files."""

from django.urls import path

from social.review.views import files, link, settings

SETTINGS = "tracks/<slug:slug>/review/"

urlpatterns = [
    path("r/<str:token>/", link.by_review_link, name="review-page"),
    path("r/<str:token>/password/", link.unlock, name="review-password"),
    path("r/<str:token>/name/", link.name, name="review-name"),
    path("r/<str:token>/plays/", link.play, name="review-play"),
    path(SETTINGS, settings.show, name="review-settings"),
    path(f"{SETTINGS}policy/", settings.policy, name="review-policy"),
    path(f"{SETTINGS}reviewers/", settings.reviewer_add, name="reviewer-add"),
    path(
        f"{SETTINGS}reviewers/<str:handle>/remove/",
        settings.reviewer_remove,
        name="reviewer-remove",
    ),
    path(f"{SETTINGS}links/", settings.link_add, name="review-link-add"),
    path(
        f"{SETTINGS}links/<uuid:link_id>/revoke/", settings.link_revoke, name="review-link-revoke"
    ),
    path(
        f"{SETTINGS}guests/<uuid:guest_id>/remove/",
        settings.guest_remove,
        name="review-guest-remove",
    ),
    path(f"{SETTINGS}approvers/", settings.approver_add, name="approver-add"),
    path(
        f"{SETTINGS}approvers/<str:handle>/remove/",
        settings.approver_remove,
        name="approver-remove",
    ),
    path(f"{SETTINGS}import/", files.import_notes, name="notes-import"),
    path("tracks/<slug:slug>/notes/export/", files.export, name="notes-export"),
]
