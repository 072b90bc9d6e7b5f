"""A small HTTP server in a thread, for fakes that are plain functions from request to response."""

from __future__ import annotations

import json
import mimetypes
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Response:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Response | None]
"""No response at all closes the connection, as a dead server would."""


def json_response(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(status, json.dumps(value).encode(), {"Content-Type": "application/json", **(headers or {})})


def html_response(text: str) -> Response:
    return Response(200, text.encode(), {"Content-Type": "text/html; charset=utf-8"})


def folder(root: Path, headers: Mapping[str, str] | None = None) -> Handler:
    """The files below a folder; a path that ends in ``/`` means its ``index.html``."""

    def serve(request: Request) -> Response:
        name = request.path.lstrip("/")
        file = (root / (name + "index.html" if name.endswith("/") or not name else name)).resolve()
        if not file.is_relative_to(root.resolve()) or not file.is_file():
            return Response(404, b"not found", {"Content-Type": "text/plain"})
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        whole = file.read_bytes()
        said = {"Content-Type": kind, "Accept-Ranges": "bytes", **(headers or {})}
        part = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
        if part is None:
            return Response(200, whole, said)
        first, last = int(part[1]), min(int(part[2] or len(whole)), len(whole) - 1)  # browsers move about in films so
        said["Content-Range"] = f"bytes {first}-{last}/{len(whole)}"
        return Response(206, whole[first : last + 1], said)

    return serve


class Server:
    """Mounted handlers by prefix, the longest first; reachable as two origins, ``url`` and ``other_url``."""

    def __init__(self) -> None:
        self.mounts: dict[str, Handler] = {"/favicon.ico": lambda _: Response(204)}
        self.requests: list[Request] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self.other_url = f"http://localhost:{self._http.server_port}"

    def answer(self, request: Request) -> Response | None:
        self.requests.append(request)
        for prefix in sorted(self.mounts, key=len, reverse=True):
            if request.path.startswith(prefix):
                inner = Request(
                    request.method, request.path[len(prefix) - 1 :], request.query, request.headers, request.body
                )
                return self.mounts[prefix](inner)
        return Response(404, b"not found", {"Content-Type": "text/plain"})

    def run(self) -> None:
        self._http.serve_forever(poll_interval=0.05)

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class OneRequest(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each small answer on a kept connection takes 40 ms

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except ConnectionError:  # the browser closed the tab in the middle
                self.close_connection = True

        def handle_any(self) -> None:
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query, keep_blank_values=True).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            response = server.answer(Request(self.command, unquote(url.path), query, headers, body))
            if response is None:
                self.close_connection = True
                return
            self.send_response(response.status)
            for name, value in response.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(response.body)

        def log_message(self, *message: object) -> None:
            """Say nothing: pytest shows what matters."""

        def finish(self) -> None:
            try:
                super().finish()
            except ConnectionError:
                self.close_connection = True

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
        setattr(OneRequest, f"do_{method}", OneRequest.handle_any)
    return OneRequest


if sys.platform == "win32":  # the registry of a locked-down PC may call .js text/plain
    mimetypes.add_type("text/javascript", ".js")
