"""Other LRSs for tests: ours on a real port in a process of its own, and one that does whatever a test says."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from there import there

Json = Any
Answer = tuple[int, dict[str, str], bytes]

READY = 20.0


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


class Server:
    """`masterclass lrs serve`, which can be killed and started again on its port."""

    def __init__(self, data: Path, address: str = "") -> None:
        """Over a folder, or over the database at an address."""
        self.data = data
        self._address = address or str(data)
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}/xapi/"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = "from xapi.cli import lrs; lrs()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", command, "serve", "--port", str(self.port), "--data", self._address],
            stdout=subprocess.DEVNULL,
        )
        ends = time.monotonic() + READY
        while time.monotonic() < ends:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                assert self._process.poll() is None
                time.sleep(0.05)
        raise TimeoutError

    def rss_mb(self) -> float:
        """Mebibytes it holds in memory."""
        pages = int(Path(f"/proc/{there(self._process).pid}/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1024**2

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            os.kill(self._process.pid, how)
            self._process.wait(READY)
            self._process = None


class Fake:
    """Answers with what `answer(method, path, body)` says, and keeps what it was asked."""

    def __init__(self, answer: Callable[[str, str, bytes], Answer | None]) -> None:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                fake.asked.append((self.command, self.path, body))
                fake.headers.append(dict(self.headers))
                answered = answer(self.command, self.path, body)
                if answered is None:  # hangs up
                    self.close_connection = True
                    return
                status, headers, content = answered
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(content))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do  # noqa: N815  # http.server's names

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # http.server's name
                pass

        self.asked: list[tuple[str, str, bytes]] = []
        self.headers: list[dict[str, str]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}/xapi/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def fake(answer: Callable[[str, str, bytes], Answer | None]) -> Iterator[Fake]:
    server = Fake(answer)
    try:
        yield server
    finally:
        server.close()


def said(status: int, value: Json = None, **headers: str) -> Answer:
    return status, headers, b"" if value is None else json.dumps(value).encode()


def ids(body: bytes) -> list[str]:
    return [each["id"] for each in json.loads(body)]
