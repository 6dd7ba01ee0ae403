"""Codes that people type and tokens that their devices keep.

A token is random, of 192 bits; only its SHA-256 is stored, which suffices for what cannot be
guessed. A code is no secret: it is on the projector, and lets nobody see more than a newcomer may.
"""

import hashlib
import hmac
import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and O, 1 and I and L, U beside V, which are taken for each other."""
CODE_LENGTH = 6
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}\Z")


def new_code() -> str:
    """A code for a room, one of 729 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def code_of(text: str) -> str:
    """A code as it may be typed, in the form it has; empty where it can be none."""
    plain = text.replace("-", "").replace(" ", "").upper()
    return plain if len(plain) == CODE_LENGTH and set(plain) <= set(ALPHABET) else ""


def new_token() -> str:
    """A token of 192 random bits."""
    return secrets.token_urlsafe(24)


def new_id() -> str:
    """A public id of a participant, which says nothing of who or when."""
    return secrets.token_hex(6)


def is_token(text: str) -> bool:
    """Whether a text has the form of a token; no other is looked up."""
    return _TOKEN.match(text) is not None


def token_of_device(device: str, code: str) -> str:
    """The token of a device in a room: the same whenever it joins, and of no use in another.

    `device` is a secret that the device made for itself, so that joining can be sent again until
    it is answered without making two participants. It hangs on the code alone, so that phones go
    on where the room is moved to another database.
    """
    told = f"selector participant {code}".encode()
    return hmac.new(device.encode(), told, hashlib.sha256).hexdigest()


def digest(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def mark(token: str) -> str:
    """What tells a ballot of one device from that of another; too short to find a token by."""
    return digest(token)[:16]


def is_same(one: str, other: str) -> bool:
    """Whether two texts are equal, in a time that does not tell where they part."""
    return hmac.compare_digest(one.encode(), other.encode())
