# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at what a tour left: pictures and sounds, cut by the time of the wall.

A picture is a PNG as uidrive writes it. A recording is a WAV and the time of its first sample.
"""
import os
import struct
import sys
import zlib

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rig"))
import wav  # noqa: E402


class Picture:
    """The pixels of a PNG of 8-bit RGB whose rows are not filtered."""

    def __init__(self, path):
        with open(path, "rb") as f:
            data = f.read()
        if data[:8] != b"\x89PNG\r\n\x1a\n":
            raise ValueError("%s is not a PNG" % path)
        at, packed, size = 8, b"", None
        while at + 8 <= len(data):
            n, kind = struct.unpack(">I4s", data[at:at + 8])
            body = data[at + 8:at + 8 + n]
            if kind == b"IHDR":
                size = struct.unpack(">II", body[:8])
            elif kind == b"IDAT":
                packed += body
            at += 12 + n
        rows = np.frombuffer(zlib.decompress(packed), dtype=np.uint8).reshape(size[1], 1 + 3 * size[0])
        self.pixels = rows[:, 1:].reshape(size[1], size[0], 3)

    def differs(self, other):
        """How many pixels are not those of another picture."""
        if self.pixels.shape != other.pixels.shape:
            return self.pixels.shape[0] * self.pixels.shape[1]
        return int(np.any(self.pixels != other.pixels, axis=2).sum())

    def colours(self):
        red, green, blue = (self.pixels[:, :, i].astype(np.uint32) for i in range(3))
        return len(np.unique(red << 16 | green << 8 | blue))


class Recording:
    """Sound with the time of its first sample, in milliseconds of the wall."""

    def __init__(self, path, started):
        self.samples, self.rate = wav.load(path)
        self.started = started

    def cut(self, begin, end):
        """What was heard between two times."""
        a, b = (max(0, int((t - self.started) * self.rate / 1000)) for t in (begin, end))
        return self.samples[a:b]


def voice_pitch(samples, rate):
    """The middle pitch of a voice in Hz, 0 where nobody speaks: by autocorrelation of the voiced frames."""
    n, hop = int(rate * 0.040), int(rate * 0.020)
    low, high = int(rate / 400), int(rate / 65)
    size = 1 << (2 * n + high).bit_length()
    found = []
    for at in range(0, len(samples) - n - high, hop):
        frame = samples[at:at + n + high]
        frame = frame - frame.mean()
        if wav.level(frame) < -50:
            continue
        head = frame[:n]
        sums = np.concatenate(([0.0], np.cumsum(frame ** 2)))
        power = np.sqrt(sums[n] * (sums[n:] - sums[:-n])[:high + 1]) + 1e-9
        alike = np.fft.irfft(np.fft.rfft(frame, size) * np.conj(np.fft.rfft(head, size)), size)[:high + 1] / power
        lag = low + int(np.argmax(alike[low:high + 1]))
        if alike[lag] > 0.6:
            found.append(rate / lag)
    return float(np.median(found)) if len(found) >= 10 else 0.0


PIECE = 2.5  # seconds that are compared at once: a jump of the clock between two pieces does not matter


def _rhythm(samples, rate):
    return 10 ** (wav.levels(samples, rate) / 40)


def _best_place(piece, whole):
    """The highest correlation of a piece anywhere in a whole."""
    if piece.std() < 1e-4:
        return 0.0
    piece = (piece - piece.mean()) / piece.std()
    n = len(piece)
    sums, squares = (np.concatenate(([0.0], np.cumsum(x))) for x in (whole, whole ** 2))
    mean = (sums[n:] - sums[:-n]) / n
    spread = np.sqrt(np.maximum((squares[n:] - squares[:-n]) / n - mean ** 2, 1e-12))
    return float(np.max(np.correlate(whole, piece, "valid") / n / spread))  # the piece has no mean


def likeness(heard, heard_rate, said, said_rate):
    """How much the rhythm of what is heard is that of what is said over and over: 0 to 1.

    Compares loudness by 20 ms, piece by piece, wherever in the speech each piece begins."""
    a, b = _rhythm(heard, heard_rate), _rhythm(said, said_rate)
    n = int(PIECE / 0.020)
    if len(a) < n or len(b) < 50:
        return 0.0
    b = np.tile(b, 2 + n // len(b))
    return float(np.mean([_best_place(a[at:at + n], b) for at in range(0, len(a) - n + 1, n)]))


def tone_share(samples, rate, hz, seconds):
    """The loudest stretch of so many seconds at a frequency: its level in dBFS, -100 where the tone is not the main sound."""
    n, best = int(rate * seconds), wav.SILENCE
    for at in range(0, max(1, len(samples) - n), max(1, n // 8)):
        part = samples[at:at + n]
        if len(part) >= n * 0.9 and wav.has_tone(part, rate, hz):
            best = max(best, wav.tone_level(part, rate, hz))
    return best
