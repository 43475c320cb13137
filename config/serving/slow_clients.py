"""A request's head and body have a time in which they must be there, however they drip in.

Twisted puts its limit off with every byte, so a client that sends one every half a minute holds a
connection for ever, and some thousands of them hold all there are.
"""

from twisted.web.http import HTTPChannel

from config.lib import env

HEAD_SECONDS = env.number("NEXUS_HEAD_SECONDS", 20)  # also how long an idle connection is kept
BODY_SECONDS = env.number("NEXUS_BODY_SECONDS", 30)  # for any body, and besides
SLOWEST_BYTES_PER_SECOND = 4 * 1024  # a part of 8 MiB may take half an hour
LATE = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nCache-Control: no-store\r\n"
    b"Connection: close\r\n\r\n"
)


class TimedChannel(HTTPChannel):
    """One connection, whose limits of time are put off by nothing that is sent."""

    begun = False  # a request, of which not everything is there

    def connectionMade(self) -> None:  # noqa: N802 - Twisted's name
        """Begin to wait for a head."""
        self.timeOut = HEAD_SECONDS
        super().connectionMade()

    def resetTimeout(self) -> None:  # noqa: N802 - Twisted's name
        """Do nothing: Twisted calls this for every byte, also while it waits for the last ones."""

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        """Note that a request has begun."""
        self.begun = True
        super().lineReceived(line)

    def allHeadersReceived(self) -> None:  # noqa: N802 - Twisted's name
        """Begin to wait for the body."""
        self.setTimeout(BODY_SECONDS + (self.length or 0) / SLOWEST_BYTES_PER_SECOND)
        super().allHeadersReceived()

    def allContentReceived(self) -> None:  # noqa: N802 - Twisted's name
        """Wait no more; Twisted takes up what was set last, when the answer has been sent."""
        self.begun = False
        self.setTimeout(HEAD_SECONDS)
        super().allContentReceived()

    def timeoutConnection(self) -> None:  # noqa: N802 - Twisted's name
        """Say so to whoever has begun, and hang up."""
        if self.begun:
            self.transport.write(LATE)
        super().timeoutConnection()
