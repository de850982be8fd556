"""A mail as JSON, and back: all that Django's own backends, and those of other makers, read of it."""

from base64 import b64decode, b64encode
from email.message import Message
from email.mime.base import MIMEBase
from email.parser import BytesParser
from email.utils import formatdate
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.message import make_msgid
from django.core.mail.utils import DNS_NAME

PLAIN = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "encoding")


class RestoredPart(MIMEBase):
    """A part of a mail as it is read again, which has its kind among its headers."""

    def __init__(self) -> None:
        """Begin with no headers."""
        Message.__init__(self)


def stored(message: EmailMessage) -> dict[str, Any]:
    """Return `message` as JSON; it keeps its number and date, however often it is tried.

    Raises BadHeaderError, and what else makes a mail of it impossible.
    """
    headers = {str(name): str(value) for name, value in message.extra_headers.items()}
    given = {name.lower() for name in headers}
    if "message-id" not in given:
        headers["Message-ID"] = make_msgid(domain=str(DNS_NAME))
    if "date" not in given:
        headers["Date"] = formatdate()
    message.message()
    return {
        **{name: _plain(getattr(message, name)) for name in PLAIN},
        "headers": headers,
        "subtype": message.content_subtype,
        "alternatives": [[str(one[0]), one[1]] for one in getattr(message, "alternatives", ())],
        "attachments": [_attachment(one) for one in message.attachments],
    }


def restored(kept: dict[str, Any]) -> EmailMessage:
    """Return the message that was stored as `kept`."""
    message = EmailMultiAlternatives(
        **{name: kept[name] for name in PLAIN if name != "encoding"}, headers=kept["headers"]
    )
    message.encoding, message.content_subtype = kept["encoding"], kept["subtype"]
    for content, kind in kept["alternatives"]:
        message.attach_alternative(content, kind)
    for one in kept["attachments"]:
        _attach(message, **one)
    return message


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return None if value is None else str(value)


def _attachment(one: Any) -> dict[str, Any]:
    if isinstance(one, MIMEBase):
        return {"whole": b64encode(one.as_bytes()).decode()}
    name, content, kind = one
    if isinstance(content, EmailMessage):
        content = content.message().as_bytes()
    is_text = isinstance(content, str)
    coded = content if is_text else b64encode(bytes(content)).decode()
    return {"name": name, "kind": kind, "text" if is_text else "coded": coded}


def _attach(message: EmailMessage, **kept: Any) -> None:
    if "whole" in kept:
        message.attach(BytesParser(RestoredPart).parsebytes(b64decode(kept["whole"])))
        return
    content = kept["text"] if "text" in kept else b64decode(kept["coded"])
    message.attach(kept["name"], content, kept["kind"])
