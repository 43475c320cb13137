"""What is kept of people themselves and of what they say to one another."""

from config.lib import kept
from config.lib.kept import Fate, Kept
from social.profiles.services import forget as forget_page

SAID = "As long as the piece it is about"


def register_all() -> None:
    """Say what is kept, and what happens to it when somebody leaves."""
    kept.register(
        Kept(
            "social.User",
            "Your account: name, display name, e-mail, and your password as a hash",
            Fate.ANONYMISED,
            "Until you delete it, and 14 days longer in which you may come back",
            section="account",
            words="An empty row without a name stays, so that what you said has a writer.",
        ),
        Kept(
            "social.ArtistPage",
            "The colour and the header of your page, and your words for the press",
            Fate.REMOVED,
            "Until you change it",
            section="artist_page",
        ),
        Kept(
            "social.ArtistPicture",
            "Pictures for your page and for the press",
            Fate.REMOVED,
            "Until you take them out",
            section="artist_page",
        ),
        Kept(
            "social.Note",
            "Notes and replies",
            Fate.ANONYMISED,
            "As long as the piece, or until you delete them",
            section="notes",
            words="Notes on your pieces go with them. Those on other people’s stay, as somebody’s: "
            "you can delete them before.",
        ),
        Kept(
            "social.Resolution",
            "Who resolved a note, and when",
            Fate.ANONYMISED,
            SAID,
            section="notes",
        ),
        Kept(
            "social.SignOff",
            "Who signed a piece off or asked for changes",
            Fate.ANONYMISED,
            SAID,
            section="sign_offs",
            words="Where a piece stands follows from these, so they stay as somebody’s.",
        ),
        Kept(
            "social.Reviewer",
            "Who was asked to review a piece",
            Fate.REMOVED,
            "Until the artist asks them no longer",
            section="reviews",
        ),
        Kept(
            "social.Approver",
            "Who is asked to sign a piece off",
            Fate.REMOVED,
            "Until the artist waits for them no longer",
            section="reviews",
        ),
        Kept(
            "social.ReviewLink",
            "Links to your pieces for people without an account, and whom they are for",
            Fate.REMOVED,
            "90 days after the link has ended; longer, without its password, where somebody wrote",
            section="review_links",
        ),
        Kept(
            "social.ReviewGuest",
            "The name somebody gave who came by such a link",
            Fate.REMOVED,
            "90 days after the link has ended; as long as the piece where they wrote something",
            section="review_links",
        ),
        Kept(
            "social.Notification",
            "What you should hear of",
            Fate.REMOVED,
            "180 days after you read it, 400 days unread",
            section="notifications",
            words="Those of other people that tell of you lose your name.",
        ),
        Kept(
            "social.ApiToken",
            "Keys of your programs, as hashes",
            Fate.REMOVED,
            "90 days after they were revoked",
            section="api_tokens",
        ),
        Kept(
            "social.Export",
            "Archives of your data that you asked for",
            Fate.REMOVED,
            "Seven days",
            words="An archive holds no archive.",
        ),
        Kept(
            "social.Imported",
            "What things were called where you brought them from",
            Fate.REMOVED,
            "As long as the account",
            section="imported",
            minor=True,
        ),
        Kept(
            "social.User_groups",
            "Which groups an administrator put you into",
            Fate.REMOVED,
            "As long as the account",
            section="account",
            minor=True,
        ),
        Kept(
            "social.User_user_permissions",
            "What an administrator allowed you",
            Fate.REMOVED,
            "As long as the account",
            section="account",
            minor=True,
        ),
    )
    kept.impersonal(
        social__Placement="Where a note stands in a version; goes with it",
        social__CarryOver="How many notes came over to a version; goes with it",
        social__ReviewPolicy="Who may write notes on a piece; goes with it",
    )
    kept.on_farewell(forget_page, order=40)
