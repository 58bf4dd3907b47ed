"""A live preview over HTTP, for the browser of this machine and of this user alone.

It listens on the loopback address, answers only requests that name it as their host (a page
elsewhere whose name is made to mean this machine does not), and only those that bring the
random key of this run, by its address first and by a cookie then.
"""

import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from podviz import assets
from podviz.errors import OutputError
from podviz.live.studio import Studio
from podviz.options import LANGS, THEMES, VIEWS
from podviz.page import colours

HOST = "127.0.0.1"
_BEAT = 10.0  # seconds after which an idle stream of events is shown to live
_POLICY = (
    "default-src 'none'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; script-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


class Server(ThreadingHTTPServer):
    """Serves a studio; `tell` makes every page that is open look again."""

    daemon_threads = True

    def __init__(self, studio: Studio, port: int) -> None:
        self.studio = studio
        self.key = secrets.token_urlsafe(18)
        self._listeners: set[SimpleQueue[list[str]]] = set()
        self._lock = Lock()
        try:
            super().__init__((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            raise OutputError(f"port {port}: {getattr(error, 'strerror', None) or error}") from None

    @property
    def address(self) -> str:
        """Where the browser shall go first."""
        return f"http://{HOST}:{self.server_port}/?key={self.key}"

    @property
    def hosts(self) -> set[str]:
        return {f"{name}:{self.server_port}" for name in (HOST, "localhost")}

    @property
    def cookie(self) -> str:
        """Browsers keep one set of cookies for all ports."""
        return f"podviz-{self.server_port}"

    def is_key(self, word: str) -> bool:
        """True for the key of this run; tells nothing by the time it takes."""
        return secrets.compare_digest(word.encode(errors="replace"), self.key.encode())

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: a browser that goes while it is answered is no one's concern."""

    def tell(self, changed: list[str]) -> None:
        """Tell every page which inputs changed."""
        with self._lock:
            for listener in self._listeners:
                listener.put(changed)

    def listen(self) -> "SimpleQueue[list[str]]":
        queue: SimpleQueue[list[str]] = SimpleQueue()
        with self._lock:
            self._listeners.add(queue)
        return queue

    def leave(self, queue: "SimpleQueue[list[str]]") -> None:
        with self._lock:
            self._listeners.discard(queue)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "podviz"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer; whoever may not ask learns nothing."""
        if not self.server.hosts.issuperset(self.headers.get_all("Host") or [""]):
            self._send(b"", "text/plain", HTTPStatus.MISDIRECTED_REQUEST)
            return
        try:
            asked = urlsplit(self.path)
        except ValueError:
            self._send(b"", "text/plain", HTTPStatus.BAD_REQUEST)
            return
        words = {name: values[-1] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/" and self.server.is_key(words.get("key", "")):
            self._welcome()
        elif not self._is_known():
            self._send(b"", "text/plain", HTTPStatus.FORBIDDEN)
        else:
            self._answer(asked.path, words)

    def _answer(self, path: str, words: dict[str, str]) -> None:
        answers: dict[str, Callable[[], tuple[bytes, str]]] = {
            "/": lambda: (assets.preview("html").encode(), "text/html"),
            "/serve.js": lambda: (assets.preview("js").encode(), "text/javascript"),
            "/serve.css": lambda: ((colours() + assets.preview("css")).encode(), "text/css"),
            "/font": lambda: (assets.font_path("Regular").read_bytes(), "font/otf"),
            "/bold": lambda: (assets.font_path("Bold").read_bytes(), "font/otf"),
            "/inputs": lambda: _json(self.server.studio.inputs()),
            "/show": lambda: _json(self.server.studio.show(words["input"], *_looks(words))),
            "/svg": lambda: (
                self.server.studio.picture(words["input"], int(words["figure"]), *_looks(words)),
                "image/svg+xml",
            ),
        }
        if path == "/events":
            self._stream()
        elif path not in answers:
            self._send(b"", "text/plain", HTTPStatus.NOT_FOUND)
        else:
            try:
                data, kind = answers[path]()
            except (LookupError, ValueError):
                self._send(b"", "text/plain", HTTPStatus.NOT_FOUND)
            else:
                self._send(data, kind)

    def _is_known(self) -> bool:
        try:
            brought = SimpleCookie(self.headers.get("Cookie", "")).get(self.server.cookie)
        except CookieError:
            return False
        return brought is not None and self.server.is_key(brought.value)

    def _welcome(self) -> None:
        """Take the key out of the address, where others may read it, into a cookie."""
        self.send_response(HTTPStatus.SEE_OTHER)
        kept = f"{self.server.cookie}={self.server.key}; HttpOnly; SameSite=Strict; Path=/"
        self.send_header("Set-Cookie", kept)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _stream(self) -> None:
        """Server-sent events: which inputs changed, until the page goes.

        https://html.spec.whatwg.org/multipage/server-sent-events.html
        """
        queue = self.server.listen()
        try:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"retry: 500\ndata: []\n\n")
            while True:
                try:
                    told = f"data: {json.dumps(queue.get(timeout=_BEAT))}\n\n".encode()
                except Empty:
                    told = b": alive\n\n"
                self.wfile.write(told)
        except OSError:
            self.close_connection = True
        finally:
            self.server.leave(queue)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a terminal is for what is wrong with the figures."""


def _json(value: object) -> tuple[bytes, str]:
    return json.dumps(value, ensure_ascii=False).encode(errors="replace"), "application/json"


def _looks(words: dict[str, str]) -> tuple[str, str, str | None]:
    """Language, theme and view. Raises ValueError for others than there are."""
    lang, theme, view = words.get("lang", "en"), words.get("theme", "light"), words.get("view")
    if lang not in LANGS or theme not in THEMES or view not in (None, "", *VIEWS):
        raise ValueError(words)
    return lang, theme, view or None
