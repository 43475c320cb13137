"""Pages of another origin, and the player that they frame."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Frame, Page

HOST_PAGE = """<!doctype html><html lang="en"><title>A foreign page</title>
<h1>My blog</h1>{body}"""
ISOLATED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
}

Foreign = Callable[..., str]


@contextmanager
def foreign_site() -> Iterator[Foreign]:
    """Give a function: HTML → the address of a page with it, on localhost and not 127.0.0.1."""
    pages: dict[str, bytes] = {}

    class Blog(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, b"")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in ISOLATED.items() if "isolated" in self.path else ():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Blog)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def action(body: str, name: str = "post") -> str:
        path = f"/{name}-{len(pages)}.html"
        pages[path] = HOST_PAGE.format(body=body).encode()
        return f"http://localhost:{server.server_port}{path}"

    yield action
    server.shutdown()
    server.server_close()


def iframe(address: str, height: int = 168) -> str:
    return (
        f'<iframe src="{address}" title="Player" width="640" height="{height}" '
        'allow="autoplay"></iframe>'
    )


def frame_of(page: Page) -> Frame:
    """Return the embedded player, once its script has taken it over."""
    handle = page.wait_for_selector("iframe")
    assert handle
    frame = handle.content_frame()
    assert frame
    frame.wait_for_selector("html[data-state]")
    return frame


def until(frame: Frame, condition: str, seconds: float = 45) -> None:
    """Wait until a JavaScript condition holds in the frame."""
    for _ in range(int(seconds * 20)):
        if frame.evaluate(condition):
            return
        frame.wait_for_timeout(50)
    raise AssertionError(f"not within {seconds} s: {condition}")


def plays(frame: Frame, beyond: float = 1.0) -> None:
    """Wait until sound is heard beyond this moment."""
    active = "document.querySelector('audio[data-active]')"
    until(frame, f"!{active}.paused && {active}.currentTime > {beyond}")
