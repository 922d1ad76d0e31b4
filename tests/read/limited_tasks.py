"""Readers that behave badly, run in a child by the tests of ``limited.py``."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path

from chrestomathy.errors import InputError
from chrestomathy.read.limited import Tick
from chrestomathy.settings import ReadSettings


def reverse(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    return data[::-1]


def loop_in_python(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    while True:
        pass


def loop_in_c(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    return b"%d" % (3**100_000_000)


def many_steps(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    for _ in range(int(data)):
        begun = time.process_time()
        while time.process_time() < begun + 0.2:
            pass
        tick()
    return b"done"


def endless_steps(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    while True:
        sum(range(10_000))
        tick()


def fill_slowly(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    return b"".join(os.urandom(1_000_000) for _ in range(2_000))


def fill_at_once(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    return bytes(4_000_000_000)


def crash(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    tick()
    return ctypes.string_at(1)


def stumble(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    raise KeyError("Root\n")


def refuse(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    raise InputError("it is encrypted", at="page 3", fix="Save it without a password.")


def leave(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    os._exit(3)


def write_file(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    Path(data.decode()).write_bytes(b"written")
    return b"done"


def talk(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    return b"x" * int(data)


def half_an_answer(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    os.write(1, b"=" + (100).to_bytes(8) + b"half")
    os._exit(0)


def sleep(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    time.sleep(60)
    return b"done"


def settings_seen(data: bytes, settings: ReadSettings, tick: Tick) -> bytes:
    return str(settings.max_depth).encode()
