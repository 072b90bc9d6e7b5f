"""``masterclass serve``: the server on a port; with ``--reload`` the site as it is being written."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import click
import uvicorn

from xapi.lrs.connections import Connection
from xapi.people.grants import Grants

from ..live import Live
from ..reports.sources import Sources
from ..settings import Settings, Unusable
from .app import app
from .journal import write_lines
from .kept import Kept
from .staff_links import is_local


def serve(settings: Settings, out: Path, host: str, port: int, data: str, reload: bool) -> None:
    live = Live(settings, out) if reload else None
    if live:
        live.build()
    elif not (out / "site" / "index.html").is_file():
        raise Unusable(f"there is no site in {out.as_posix()}; build it first with: masterclass build")
    shown = f"[{host}]" if ":" in host else "127.0.0.1" if host == "0.0.0.0" else host
    address = f"http://{shown}:{port}/"
    with _listening(host, port) as listening:
        kept = Kept.at(data)
        served = app(out, kept, settings.iri_base, live, Sources(settings.root, settings.repository))
        click.echo(f"Serving {(out / 'site').as_posix()} at {address} with the LRS at {address}xapi/ (Ctrl+C stops)")
        click.echo(_way_to_reports(kept, address, is_local(host) and "://" not in data))
        write_lines()
        config = uvicorn.Config(served, http=Connection, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        with suppress(KeyboardInterrupt):  # Ctrl+C is how one stops it, not an error
            uvicorn.Server(config).run(sockets=[listening])


def _way_to_reports(kept: Kept, address: str, here: bool) -> str:
    """A link for whoever tries this out on their own computer; everybody else is given access by name."""
    token = Grants(kept.register).add_local() if here else None
    if token is None:
        return "Reports open with a personal link: masterclass access grant NAME --role manager"
    return f"Reports, for a browser on this computer, today: {address}staff/me/{token}"


def _listening(host: str, port: int) -> socket.socket:
    """Bound before anything is said, so that a port in use is told instead of an address that does not work."""
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise Unusable(
            f"{host}:{port} cannot be used ({error.strerror}); choose another with: masterclass serve --port {port + 1 if port < 65535 else 8000}"
        ) from error
    return found
