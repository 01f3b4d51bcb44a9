# SPDX-License-Identifier: GPL-3.0-or-later
"""Opus in Ogg (RFC 3533, RFC 7845) by libopus: what a clip is."""

import ctypes
import struct

import numpy as np

RATE = 48000
SKIP = 312
FRAME = 960
FIRST, LAST = 2, 4


def _crc_table():
    table = []
    for n in range(256):
        value = n << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(value)
    return table


TABLE = _crc_table()


def _crc(data):
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ TABLE[value >> 24 ^ byte]
    return value


def page(packets, granule, number, flags=0, serial=4711):
    lacing = b"".join(b"\xff" * (len(p) // 255) + bytes([len(p) % 255]) for p in packets)
    head = struct.pack("<4sBBqIII", b"OggS", 0, flags, granule, serial, number, 0)
    whole = head + bytes([len(lacing)]) + lacing + b"".join(packets)
    return whole[:22] + struct.pack("<I", _crc(whole)) + whole[26:]


def encode(samples):
    """Mono floats of 48 kHz as the bytes of a file."""
    opus = ctypes.CDLL("libopus.so.0")
    error = ctypes.c_int()
    opus.opus_encoder_create.restype = ctypes.c_void_p
    coder = ctypes.c_void_p(opus.opus_encoder_create(RATE, 1, 2048, ctypes.byref(error)))
    assert error.value == 0
    count = len(samples)
    whole = np.concatenate([samples, np.zeros(-count % FRAME + FRAME)])
    data = (np.clip(whole, -1, 1) * 32767).astype(np.int16)
    packets, room = [], ctypes.create_string_buffer(4000)
    for at in range(0, len(data) - FRAME + 1, FRAME):
        block = data[at:at + FRAME].tobytes()
        n = opus.opus_encode(coder, block, FRAME, room, 4000)
        assert n > 0
        packets.append(room.raw[:n])
    opus.opus_encoder_destroy(coder)
    pages = [page([struct.pack("<8sBBHIhB", b"OpusHead", 1, 1, SKIP, RATE, 0, 0)], 0, 0, FIRST),
             page([struct.pack("<8sI", b"OpusTags", 4) + b"test" + struct.pack("<I", 0)], 0, 1)]
    at = 0
    while at < len(packets):
        some = packets[at:at + 20]
        at += len(some)
        end = at == len(packets)
        granule = count + SKIP if end else at * FRAME
        pages.append(page(some, granule, len(pages), LAST if end else 0))
    return b"".join(pages)


def tone(hz, seconds, dbfs=-12.0):
    t = np.arange(int(seconds * RATE)) / RATE
    return encode(np.sin(2 * np.pi * hz * t) * 10 ** (dbfs / 20))
