"""Review links, the owner's review desk, sign-off, and notes as files."""

from django.urls import path

from social.review.views import files as views_note_files
from social.review.views import link as views_review
from social.review.views import settings as views_desk
from social.signoff import views as views_signoff

DESK = "tracks/<slug:slug>/review/"

urlpatterns = [
    path("r/<str:token>/", views_review.by_review_link, name="review-page"),
    path("r/<str:token>/password/", views_review.unlock, name="review-password"),
    path("r/<str:token>/name/", views_review.name, name="review-name"),
    path("r/<str:token>/plays/", views_review.play, name="review-play"),
    path(DESK, views_desk.review_desk, name="review-desk"),
    path(f"{DESK}policy/", views_desk.policy, name="review-policy"),
    path(f"{DESK}reviewers/", views_desk.reviewer_add, name="reviewer-add"),
    path(
        f"{DESK}reviewers/<str:handle>/remove/", views_desk.reviewer_remove, name="reviewer-remove"
    ),
    path(f"{DESK}links/", views_desk.link_add, name="review-link-add"),
    path(f"{DESK}links/<uuid:link_id>/revoke/", views_desk.link_revoke, name="review-link-revoke"),
    path(
        f"{DESK}guests/<uuid:guest_id>/remove/", views_desk.guest_remove, name="review-guest-remove"
    ),
    path(f"{DESK}approvers/", views_desk.approver_add, name="approver-add"),
    path(
        f"{DESK}approvers/<str:handle>/remove/", views_desk.approver_remove, name="approver-remove"
    ),
    path(f"{DESK}import/", views_note_files.bring_in, name="notes-import"),
    path("tracks/<slug:slug>/notes/export/", views_note_files.export, name="notes-export"),
    path("tracks/<slug:slug>/sign-off/", views_signoff.sign_off, name="sign-off"),
]
