# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures a SIP phone from outside over loopback: INVITE to 180 and 200, its processor time and memory in a call, and the
sound's way through it and back.

For the last it sends a chirp every 2 s; the phone plays it on a virtual speaker that is short-circuited to its virtual
microphone, and the chirp is looked for in what comes back. That is RTP in -> decoder -> speaker -> microphone -> encoder -> RTP
out, a round trip through the phone without a network.

A phone that takes calls on its registrar's flow only registers here first: the meter answers any REGISTER.
"""
import ctypes
import ctypes.util
import os
import random
import re
import socket
import statistics
import struct
import threading
import time

import numpy as np

CHIRP_AT, CHIRP_SECONDS, ROUND_SECONDS = 0.5, 0.1, 2.0
SEARCH_RATE = 8000


def _ulaw_tables():
    codes = np.arange(256)
    inverted = ~codes & 0xFF
    magnitude = ((((inverted & 0x0F) << 3) + 132) << ((inverted >> 4) & 7)) - 132
    decode = np.where(inverted & 0x80, -magnitude, magnitude).astype(np.int32)
    order = np.argsort(decode, kind="stable")
    return decode, order


_DECODE, _ORDER = _ulaw_tables()


class Pcmu:
    name, payload, rate, clock = "PCMU", 0, 8000, 8000
    rtpmap = "a=rtpmap:0 PCMU/8000\r\n"

    def encode(self, pcm):
        levels = _DECODE[_ORDER]
        at = np.clip(np.searchsorted(levels, pcm), 1, 255)
        nearer = np.where(np.abs(levels[at - 1] - pcm) <= np.abs(levels[at] - pcm), at - 1, at)
        return _ORDER[nearer].astype(np.uint8).tobytes()

    def decode(self, data):
        return _DECODE[np.frombuffer(data, dtype=np.uint8)].astype(np.float64)


class Opus:
    name, payload, rate, clock = "opus", 96, 48000, 48000
    rtpmap = "a=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1;stereo=0\r\n"

    def __init__(self):
        self._lib = ctypes.CDLL(ctypes.util.find_library("opus") or "libopus.so.0")
        error = ctypes.c_int()
        self._lib.opus_encoder_create.restype = self._lib.opus_decoder_create.restype = ctypes.c_void_p
        self._encoder = ctypes.c_void_p(self._lib.opus_encoder_create(48000, 1, 2048, ctypes.byref(error)))
        self._decoder = ctypes.c_void_p(self._lib.opus_decoder_create(48000, 1, ctypes.byref(error)))

    def encode(self, pcm):
        out = ctypes.create_string_buffer(1500)
        n = self._lib.opus_encode(self._encoder, np.asarray(pcm, dtype="<i2").tobytes(), 960, out, 1500)
        return out.raw[:n]

    def decode(self, data):
        out = ctypes.create_string_buffer(5760 * 2)
        n = self._lib.opus_decode(self._decoder, data, len(data), out, 5760, 0)
        return np.frombuffer(out.raw[:max(0, n) * 2], dtype="<i2").astype(np.float64)


def chirp(rate):
    t = np.arange(int(rate * CHIRP_SECONDS)) / rate
    window = 0.5 - 0.5 * np.cos(2 * np.pi * t / CHIRP_SECONDS)
    return 16000 * window * np.sin(2 * np.pi * (500 * t + 12500 * t * t))


def chirp_frames(codec):
    sound = np.zeros(int(codec.rate * ROUND_SECONDS))
    at = int(codec.rate * CHIRP_AT)
    wave = chirp(codec.rate)
    sound[at:at + len(wave)] = wave
    return [codec.encode(block) for block in np.rint(sound).astype(int).reshape(-1, codec.rate // 50)]


def processor_ns(pid):
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            total += int(open(f"/proc/{pid}/task/{task}/schedstat").read().split()[0])
        except OSError:
            pass
    return total


def memory(pid):
    """Resident and private dirty memory in MiB."""
    found = {}
    for line in open(f"/proc/{pid}/smaps_rollup"):
        key = line.split(":")[0]
        if key in ("Rss", "Private_Dirty"):
            found[key.lower() + "_mib"] = round(int(line.split()[1]) / 1024, 2)
    return found


class Meter:
    """One caller. target: a SIP URI to call directly, or None to wait for a phone that registers here."""

    def __init__(self, codec, target=None):
        self.codec = codec
        self.target = target
        self.sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sip.bind(("127.0.0.1", 0))
        self.port = self.sip.getsockname()[1]
        self.peer = None
        self.registered = threading.Event()
        self._responses = []
        self._condition = threading.Condition()
        self._open = True
        if target:
            host = re.match(r"sip:(?:[^@]*@)?([^:;>]+):(\d+)", target)
            self.peer = (host[1], int(host[2]))
        threading.Thread(target=self._receive, daemon=True).start()

    def close(self):
        self._open = False
        self.sip.close()

    def _receive(self):
        while self._open:
            try:
                data, source = self.sip.recvfrom(8192)
            except OSError:
                return
            at, text = time.perf_counter(), data.decode(errors="replace")
            if text.startswith("SIP/2.0"):
                with self._condition:
                    self._responses.append((at, text))
                    self._condition.notify_all()
            elif "\r\n" in text and not text.startswith("ACK"):
                self._answer(text, source)

    def _answer(self, text, source):
        keep = [line for line in text.split("\r\n") if re.match(r"(?i)(via|from|to|call-id|cseq|v|f|t|i):", line)]
        if text.startswith("REGISTER"):
            contact = re.search(r"(?im)^(?:contact|m):\s*<([^>]+)>", text)
            keep.append(f"Contact: <{contact[1]}>;expires=300")
            self.target, self.peer = contact[1], source
            self.registered.set()
        try:
            self.sip.sendto(("SIP/2.0 200 OK\r\n" + "\r\n".join(keep) + "\r\nContent-Length: 0\r\n\r\n").encode(), source)
        except OSError:
            pass  # closed meanwhile

    def _response(self, cseq, deadline=10):
        with self._condition:
            if not self._condition.wait_for(lambda: any(cseq in t for _, t in self._responses), deadline):
                raise TimeoutError(f"no answer to {cseq}")
            found = next(r for r in self._responses if cseq in r[1])
            self._responses.remove(found)
            return found

    def _message(self, method, body="", branch=None, extra=""):
        branch = branch or f"z9hG4bK{random.getrandbits(48):x}"
        head = (f"{method} {self.uri} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch};rport\r\n"
                f"Max-Forwards: 70\r\nFrom: \"Meter\" <sip:meter@127.0.0.1>;tag={self.tag}\r\nTo: {self.to}\r\n"
                f"Call-ID: {self.id}\r\nCSeq: {self.cseq} {method}\r\nContact: <sip:meter@127.0.0.1:{self.port}>\r\n{extra}")
        if body:
            head += "Content-Type: application/sdp\r\n"
        return (head + f"Content-Length: {len(body)}\r\n\r\n{body}").encode(), branch

    def invite(self):
        """Calls; (ms to 18x or None, ms to 200)."""
        self.rtp = _even_port()
        self.id, self.tag = f"{random.getrandbits(64):x}", f"{random.getrandbits(32):x}"
        self.uri, self.to, self.cseq = self.target, f"<{self.target}>", random.randrange(1, 9000)
        codec = self.codec
        body = (f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                f"m=audio {self.rtp.getsockname()[1]} RTP/AVP {codec.payload} 101\r\n{codec.rtpmap}"
                f"a=rtpmap:101 telephone-event/{codec.clock}\r\na=ptime:20\r\na=sendrecv\r\n")
        message, branch = self._message("INVITE", body, extra="X-Guichet-Answer: auto\r\nAllow: INVITE,ACK,BYE,CANCEL\r\n")
        start, ringing = time.perf_counter(), None
        self.sip.sendto(message, self.peer)
        while True:
            at, text = self._response(f"{self.cseq} INVITE")
            status = int(text.split()[1])
            if 100 < status < 200:
                ringing = ringing or (at - start) * 1000
            elif status >= 200:
                break
        self.to = re.search(r"(?im)^(?:to|t):\s*(.*?)\r?$", text)[1]
        if status >= 300:
            self.sip.sendto(self._message("ACK", branch=branch)[0], self.peer)
            raise RuntimeError(text.split("\r\n")[0])
        contact = re.search(r"(?im)^(?:contact|m):\s*.*?<?(sip:[^>;\s]+)", text)
        self.uri = contact[1] if contact else self.uri
        self.sip.sendto(self._message("ACK")[0], self.peer)
        host = re.search(r"(?m)^c=IN IP4 (\S+)", text)[1]
        media = re.search(r"(?m)^m=audio (\d+) \S+ (\d+)", text)
        self.remote, self.payload = (host, int(media[1])), int(media[2])
        return ringing, (at - start) * 1000

    def bye(self):
        self.cseq += 1
        self.sip.sendto(self._message("BYE")[0], self.peer)
        try:
            self._response(f"{self.cseq} BYE", 5)
        except TimeoutError:
            pass
        self.rtp.close()

    def talk(self, seconds, frames, pid=None, settle=1.0):
        """Sends the frames round and round; the figures of this time."""
        stop, received = threading.Event(), []
        threads = [threading.Thread(target=self._send, args=(frames, stop), daemon=True),
                   threading.Thread(target=self._take, args=(received, stop), daemon=True)]
        for thread in threads:
            thread.start()
        time.sleep(settle)
        before, at = (processor_ns(pid) if pid else 0), time.perf_counter()
        time.sleep(seconds - settle)
        figures = {"packets_per_s": round(len(received) / seconds, 1)}
        if pid:
            figures["cpu_percent"] = round((processor_ns(pid) - before) / (time.perf_counter() - at) / 1e7, 2)
            figures.update(memory(pid))
        stop.set()
        for thread in threads:
            thread.join()
        figures["echo_ms"], figures["echo_missed"] = self._echoes(received)
        return figures

    def _send(self, frames, stop):
        sequence, stamp, source = random.getrandbits(15), random.getrandbits(31), random.getrandbits(32)
        step, due, i = self.codec.clock // 50, time.perf_counter(), 0
        self.first_sent = due
        while not stop.is_set():
            head = struct.pack("!BBHII", 0x80, self.payload | (0x80 if i == 0 else 0), sequence & 0xFFFF, stamp & 0xFFFFFFFF, source)
            self.rtp.sendto(head + frames[i % len(frames)], self.remote)
            i, sequence, stamp, due = i + 1, sequence + 1, stamp + step, due + 0.02
            time.sleep(max(0.0, due - time.perf_counter()))

    def _take(self, received, stop):
        self.rtp.settimeout(0.2)
        while not stop.is_set():
            try:
                data = self.rtp.recv(2048)
            except socket.timeout:
                continue
            if data[1] & 0x7F == self.payload:
                received.append((time.perf_counter(), struct.unpack("!I", data[4:8])[0], data[12:]))

    def _echoes(self, received):
        """How late each chirp came back in ms. A sample is heard when its packet came, by the line of the fastest packets."""
        if not received:
            return [], 0
        first, stamp0 = received[0][0], received[0][1]
        clock, reduce = self.codec.clock, self.codec.rate // SEARCH_RATE
        sound = np.zeros(int((received[-1][0] - first + 1) * SEARCH_RATE))
        earliest = min(at - first - ((stamp - stamp0) & 0xFFFFFFFF) / clock for at, stamp, _ in received)
        for at, stamp, payload in received:
            pcm = self.codec.decode(payload)
            pcm = pcm[:len(pcm) // reduce * reduce].reshape(-1, reduce).mean(axis=1)
            k = ((stamp - stamp0) & 0xFFFFFFFF) // (clock // SEARCH_RATE)
            if k + len(pcm) < len(sound):
                sound[k:k + len(pcm)] = pcm
        wave, found, missed, k = chirp(SEARCH_RATE), [], 0, 0
        energy = np.sum(wave ** 2)
        while True:
            begin = int((self.first_sent + CHIRP_AT + ROUND_SECONDS * k - first - earliest) * SEARCH_RATE)
            k += 1
            if begin + int(1.2 * SEARCH_RATE) > len(sound):
                return found, missed
            if begin < 0:
                continue
            match = np.abs(np.correlate(sound[begin:begin + int(1.2 * SEARCH_RATE)], wave, "valid"))
            best = int(np.argmax(match))
            if match[best] > 6 * np.median(match) and match[best] > 0.03 * energy:
                found.append(round(best * 1000 / SEARCH_RATE, 1))
            else:
                missed += 1


def _even_port():
    while True:
        rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        rtp.bind(("127.0.0.1", 0))
        if rtp.getsockname()[1] % 2 == 0:
            return rtp
        rtp.close()


def spread(values):
    """Median, least and greatest."""
    return {"median": round(statistics.median(values), 2), "min": round(min(values), 2), "max": round(max(values), 2),
            "n": len(values)} if values else None
