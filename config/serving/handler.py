"""Django under ASGI with one trip into a thread per request.

Django's own handler steps into a thread and back for every middleware that is not written for
ASGI, twice for most, and starts a new thread for each request. Here the request goes through
middleware and view at one go, as under WSGI, in a thread that stays.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import FileResponse, StreamingHttpResponse
from django.urls import set_script_prefix

from config.errors import unavailable
from config.lib.outages import outage_of

READS = frozenset({"GET", "HEAD", "OPTIONS"})
# Reading is processor work: more threads than a few only fight for the interpreter. Writing waits
# for disks and mail servers, and must hold up nobody who reads.
READING_THREADS = 4
WRITING_THREADS = 16
FILE_CHUNK_BYTES = 256 * 1024


class OneTripHandler(ASGIHandler):
    """Answers each request from one thread; only streams are sent on piece by piece."""

    reading_threads = READING_THREADS

    def __init__(self) -> None:
        super().__init__()
        self.reading = ThreadPoolExecutor(self.reading_threads, "reading")
        self.writing = ThreadPoolExecutor(WRITING_THREADS, "writing")

    def load_middleware(self, is_async: bool = False) -> None:
        """Build the chain that WSGI servers get."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one HTTP request."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        except OSError as error:  # the body is spooled on a disk, which may be full
            await self._say_outage(scope, error, send)
            return
        threads = self.reading if scope["method"] in READS else self.writing
        with body:
            response = await _in(threads, self._answer)(scope, body)
            if isinstance(response, StreamingHttpResponse):
                await self._stream(response, receive, send)
            else:
                await self.send_response(response, send)

    def _answer(self, scope: dict[str, Any], body: Any) -> Any:
        set_script_prefix("")  # the site's own prefix is in the URLconf
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response: Any = self.get_response(request) if request else refusal
        if response.streaming:
            close_old_connections()  # no stream of ours asks the database, and each may last long
        else:
            response.close()  # the body is in memory
        return response

    async def _say_outage(self, scope: dict[str, Any], error: OSError, send: Any) -> None:
        outage = await _in(self.writing, outage_of)(error)
        if outage is None:
            raise error
        request, refusal = self.create_request(scope, BytesIO())
        answer: Any = unavailable(request, outage) if request else refusal
        await self.send_response(answer, send)

    async def _stream(self, response: StreamingHttpResponse, receive: Any, send: Any) -> None:
        """Send until the end, or until the client has gone."""
        if isinstance(response, FileResponse):
            response.block_size = FILE_CHUNK_BYTES
        if not response.is_async:
            chunks: Any = response.streaming_content
            response.streaming_content = _handed_over(chunks, self.writing)
        sending = asyncio.ensure_future(self.send_response(response, send))
        leaving = asyncio.ensure_future(receive())
        try:
            done, _ = await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if sending in done:
                sending.result()
        finally:
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
            await _in(self.writing, response.close)()


def _in(threads: ThreadPoolExecutor, function: Any) -> Any:
    return sync_to_async(function, thread_sensitive=False, executor=threads)


async def _handed_over(
    chunks: Iterator[bytes], threads: ThreadPoolExecutor
) -> AsyncIterator[bytes]:
    """Read chunk by chunk in a thread; Django would read a plain iterator whole."""
    following = _in(threads, lambda: next(chunks, None))
    while (chunk := await following()) is not None:
        yield chunk
