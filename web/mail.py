"""Letters: what is sent by e-mail where a mail server was named, and kept back where none was."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from threading import Thread
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from flask import Flask, current_app
from flask_security import MailUtil

WAIT = 10  # seconds


class NoMailServer(Exception):
    """Nobody has said where letters are handed in."""


class Letters(MailUtil):
    """The library's letters, sent by ours."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        """Send a letter, aside: nobody learns from the answer whether there was one to send."""
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        told = app, str(recipient), subject, body or ""
        Thread(target=_send_aside, args=told, daemon=True).start()


def _send_aside(app: Flask, to: str, subject: str, text: str) -> None:
    try:
        send(app, to, subject, text)
    except (NoMailServer, OSError, smtplib.SMTPException) as error:
        app.logger.error("a letter was not sent: %r", error)


def can_send(app: Flask) -> bool:
    """Return whether a mail server was named."""
    return bool(app.config.get("EXEMPLAR_SMTP"))


def send(app: Flask, to: str, subject: str, text: str) -> None:
    """Send one letter by EXEMPLAR_SMTP. Raises NoMailServer, OSError or SMTPException."""
    if not can_send(app):
        raise NoMailServer
    server = urlsplit(app.config["EXEMPLAR_SMTP"])
    letter = EmailMessage()
    letter["From"] = sender(server)
    letter["To"], letter["Subject"] = to, subject
    letter.set_content(text)
    with _connected(server) as post:
        if server.username:
            post.login(unquote(server.username), unquote(server.password or ""))
        post.send_message(letter)


def sender(server: SplitResult) -> str:
    """Return who letters are from: `?from=` of the setting, or the user of the server."""
    name = unquote(server.username or "so-dien-hinh")
    told = parse_qs(server.query).get("from", [])
    return told[0] if told else name if "@" in name else f"{name}@{server.hostname}"


def _connected(server: SplitResult) -> smtplib.SMTP:
    """Return the connection that the scheme asks for: smtps, or smtp with STARTTLS if offered."""
    host = server.hostname or "localhost"
    if server.scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, server.port or 465, timeout=WAIT, context=context)
    post = smtplib.SMTP(host, server.port or 25, timeout=WAIT)
    post.ehlo()
    if post.has_extn("starttls"):
        post.starttls(context=ssl.create_default_context())
        post.ehlo()
    return post
