"""stub"""
from __future__ import annotations
from chrestomathy.records import Edition


def report(edition: Edition, form: str) -> bytes:
    """Stub."""
    return b""
