# SPDX-License-Identifier: GPL-3.0-or-later
"""The sound of many telephones in one process: each end says a tone in PCMU and keeps the last second of what it hears. One
thread sends and receives for all."""

import collections
import functools
import math
import selectors
import socket
import struct
import threading
import time

import numpy as np
import wav

RATE = 8000
KEPT = 3.0  # seconds


def _linear(byte):
    byte = ~byte & 0xFF
    sample = (((byte & 15) << 3) + 132 << (byte >> 4 & 7)) - 132
    return -sample if byte & 0x80 else sample


LINEAR = np.array([_linear(b) for b in range(256)]) / 32768.0
ORDER = np.argsort(LINEAR, kind="stable")
MIDDLES = (LINEAR[ORDER][1:] + LINEAR[ORDER][:-1]) / 2


def encode(samples):
    return ORDER[np.searchsorted(MIDDLES, samples)].astype(np.uint8).tobytes()


class Studio:
    """Wakes every 20 ms for all sounds that are open."""

    _one, _lock = None, threading.Lock()

    @classmethod
    def get(cls):
        with cls._lock:
            cls._one = cls._one or cls()
            return cls._one

    def __init__(self):
        self.sounds, self.lock, self.selector = {}, threading.Lock(), selectors.DefaultSelector()
        threading.Thread(target=self._run, daemon=True).start()

    def add(self, sound):
        with self.lock:
            self.sounds[sound.socket.fileno()] = sound
            self.selector.register(sound.socket, selectors.EVENT_READ, sound)

    def remove(self, sound):
        with self.lock:
            if self.sounds.pop(sound.socket.fileno(), None) is not None:
                self.selector.unregister(sound.socket)
                sound.socket.close()

    def _run(self):
        due = time.monotonic()
        while True:
            left = due - time.monotonic()
            if left <= 0:
                with self.lock:
                    for sound in self.sounds.values():
                        sound.talk()
                due = max(due + 0.020, time.monotonic() - 0.200)
                continue
            if not self.sounds:
                time.sleep(left)
                continue
            ready = self.selector.select(left)
            with self.lock:
                for key, _ in ready:
                    if key.fd in self.sounds:
                        key.data.listen()


class Sound:
    """hz 0: silence, which is sent all the same."""

    def __init__(self, hz=0, dbfs=-24.0):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.port = self.socket.getsockname()[1]
        self.remote, self.keys, self.keyed, self._key_stamps = None, [], "", set()
        self.seq = self.stamp = 0
        self.heard, self.count = collections.deque(), 0
        self.say(hz, dbfs)
        Studio.get().add(self)

    def say(self, hz, dbfs=-24.0):
        self.words = encode(wav.tone(hz, 1.0, RATE, dbfs) if hz else np.zeros(RATE))

    def key(self, digits):
        """Keyed one after the other, by RFC 4733."""
        self.keys += ["0123456789*#ABCD".index(d) for d in digits]

    def _send(self, stamp, kind, payload, marker=False):
        head = struct.pack("!BBHII", 0x80, kind | (0x80 if marker else 0), self.seq & 0xFFFF, stamp & 0xFFFFFFFF, 0xC0FFEE)
        self.seq += 1
        try:
            self.socket.sendto(head + payload, self.remote)
        except OSError:
            pass

    def talk(self):
        if self.remote is None:
            return
        if self.keys and self.stamp % 1600 == 0:
            key = self.keys.pop(0)
            for i in range(8):
                self._send(self.stamp, 101, struct.pack("!BBH", key, (0x80 if i >= 5 else 0) | 10, min(i + 1, 6) * 160), i == 0)
        at = self.stamp % RATE
        self._send(self.stamp, 0, self.words[at:at + 160])
        self.stamp += 160

    def listen(self):
        while True:
            try:
                data, source = self.socket.recvfrom(2048)
            except OSError:
                return
            if not self.heard_from(data, source):
                continue
            now = time.monotonic()
            if len(data) >= 16 and data[1] & 0x7F == 101 and data[4:8] not in self._key_stamps:
                self._key_stamps.add(data[4:8])
                self.keyed += "0123456789*#ABCD"[data[12] & 15]
            elif len(data) > 12 and data[1] & 0x7F == 0:
                self.heard.append((now, data[12:]))
                self.count += 1
                while self.heard and self.heard[0][0] < now - KEPT:
                    self.heard.popleft()

    def heard_from(self, _data, _source):
        """Whether this is to be heard."""
        return True

    def samples(self, since):
        """What was heard from then on."""
        data = b"".join(d for t, d in list(self.heard) if t >= since)
        return LINEAR[np.frombuffer(data, dtype=np.uint8)]

    def position(self, since):
        """How many packets were heard before."""
        with Studio.get().lock:
            return self.count - sum(t >= since for t, _ in self.heard)

    def after(self, position):
        """(how many packets were heard, what came in those after that many and is still kept)."""
        with Studio.get().lock:
            count, kept = self.count, list(self.heard)
        fresh = kept[max(0, len(kept) - (count - position)):]
        return count, LINEAR[np.frombuffer(b"".join(d for _, d in fresh), dtype=np.uint8)]

    def close(self):
        Studio.get().remove(self)


@functools.lru_cache(maxsize=64)
def _scale(n):
    return n * np.sum(wav.hanning(n) ** 2) / 2.0


@functools.lru_cache(maxsize=1024)
def _near(n, f, width):
    """Where this tone is in a spectrum of so many samples."""
    found = np.flatnonzero(np.abs(np.fft.rfftfreq(n, 1.0 / RATE) - f) <= width)
    return slice(found[0], found[-1] + 1) if len(found) else slice(0)


def spectrum(samples, hz, width=12.0):
    """The level of each of these tones and of the whole, in dBFS."""
    n = len(samples)
    power = np.abs(np.fft.rfft(samples * wav.hanning(n))) ** 2 / _scale(n)
    levels = [10 * math.log10(max(1e-10, power[_near(n, f, width)].sum())) for f in hz]
    return levels, 10 * math.log10(max(1e-10, power[1:].sum()))
