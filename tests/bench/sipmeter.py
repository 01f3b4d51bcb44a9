#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small SIP caller that measures another user agent over loopback.

Places calls (UDP, no authentication) to TARGET one after the other, takes the times INVITE to the
first 18x and to 200, sends G.711 or Opus at 20 ms pace while a call lasts, and reads the CPU time of
the measured process meanwhile. Prints one JSON object. Standard library, and libopus for Opus.
"""
import argparse
import ctypes
import json
import math
import os
import random
import re
import socket
import statistics
import struct
import threading
import time

FRAME_S = 0.02


def ulaw(sample):
    """One 16-bit sample as G.711 mu-law."""
    sign = 0x80 if sample < 0 else 0
    sample = min(abs(sample), 32635) + 132
    exponent = sample.bit_length() - 8
    return ~(sign | exponent << 4 | (sample >> (exponent + 3)) & 15) & 0xFF


class Opus:
    """Just enough of libopus to encode mono at 48 kHz."""

    def __init__(self):
        self.lib = ctypes.CDLL('libopus.so.0')
        self.lib.opus_encoder_create.restype = ctypes.c_void_p
        error = ctypes.c_int()
        self.encoder = ctypes.c_void_p(
            self.lib.opus_encoder_create(48000, 1, 2048, ctypes.byref(error)))
        self.buffer = ctypes.create_string_buffer(1500)

    def encode(self, pcm):
        return self.buffer.raw[:self.lib.opus_encode(self.encoder, pcm, 960, self.buffer, 1500)]


def tone_frames(codec):
    """One second of 440 Hz, encoded."""
    rate = 48000 if codec == 'opus' else 8000
    size = rate // 50
    pcm = [int(8000 * math.sin(2 * math.pi * 440 * n / rate)) for n in range(rate)]
    frames = [pcm[i:i + size] for i in range(0, rate, size)]
    if codec == 'pcmu':
        return [bytes(map(ulaw, f)) for f in frames]
    opus = Opus()
    return [opus.encode(struct.pack(f'<{size}h', *f)) for f in frames]


def cpu_ns(pid):
    """Scheduler time of all threads of a process."""
    total = 0
    for task in os.listdir(f'/proc/{pid}/task'):
        try:
            with open(f'/proc/{pid}/task/{task}/schedstat') as f:
                total += int(f.read().split()[0])
        except OSError:
            pass
    return total


class Call:
    """One call: dial, stream, hang up."""

    def __init__(self, target, codec):
        self.target = self.uri = target
        self.codec = codec
        host = re.match(r'sip:(?:[^@]*@)?([^:;>]+)(?::(\d+))?', target)
        self.destination = (host[1], int(host[2] or 5060))
        self.signal = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.signal.bind(('127.0.0.1', 0))
        self.signal.settimeout(5)
        self.sound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sound.bind(('127.0.0.1', 0))
        self.port = self.signal.getsockname()[1]
        self.call_id = f'{random.getrandbits(64):x}'
        self.tag = f'{random.getrandbits(32):x}'
        self.to = f'<{target}>'
        self.cseq = 1
        self.received = 0
        self.over = threading.Event()

    def request(self, method, body='', branch=None):
        branch = branch or f'z9hG4bK{random.getrandbits(48):x}'
        lines = [f'{method} {self.uri} SIP/2.0',
                 f'Via: SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch};rport', 'Max-Forwards: 70',
                 f'From: <sip:bench@127.0.0.1>;tag={self.tag}', f'To: {self.to}',
                 f'Call-ID: {self.call_id}', f'CSeq: {self.cseq} {method}',
                 f'Contact: <sip:bench@127.0.0.1:{self.port}>']
        if body:
            lines.append('Content-Type: application/sdp')
        lines.append(f'Content-Length: {len(body)}')
        return ('\r\n'.join(lines) + '\r\n\r\n' + body).encode(), branch

    def offer(self):
        kind, clock, name = (0, 8000, 'PCMU/8000') if self.codec == 'pcmu' else (
            96, 48000, 'opus/48000/2')
        return ('v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n'
                f'm=audio {self.sound.getsockname()[1]} RTP/AVP {kind} 101\r\n'
                f'a=rtpmap:{kind} {name}\r\na=rtpmap:101 telephone-event/{clock}\r\n'
                'a=ptime:20\r\na=sendrecv\r\n')

    def dial(self):
        """Times of the first 18x and of 200, in ms."""
        message, branch = self.request('INVITE', self.offer())
        start = time.perf_counter()
        self.signal.sendto(message, self.destination)
        ringing = None
        while True:
            text = self.signal.recv(8192).decode(errors='replace')
            now = (time.perf_counter() - start) * 1000
            if not re.match(r'SIP/2.0 \d+', text) or 'INVITE' not in text:
                continue
            status = int(text.split()[1])
            if 100 < status < 200:
                ringing = ringing or now
            elif status >= 200:
                break
        self.to = re.search(r'(?im)^To:\s*(.*?)\r?$', text)[1]
        if status >= 300:
            self.signal.sendto(self.request('ACK', branch=branch)[0], self.destination)
            raise RuntimeError(text.split('\r\n')[0])
        self.uri = re.search(r'(?im)^Contact:\s*.*?<?(sip:[^>;\s]+)', text)[1]
        self.signal.sendto(self.request('ACK')[0], self.destination)
        self.remote = (re.search(r'(?m)^c=IN IP4 (\S+)', text)[1],
                       int(re.search(r'(?m)^m=audio (\d+)', text)[1]))
        self.payload = int(re.search(r'(?m)^m=audio \d+ \S+ (\d+)', text)[1])
        return ringing, now

    def hang_up(self):
        self.over.set()
        self.cseq += 1
        self.signal.sendto(self.request('BYE')[0], self.destination)
        try:
            self.signal.recv(8192)
        except socket.timeout:
            pass
        self.signal.close()

    def send(self, frames):
        sequence, stamp, ssrc = 0, 0, random.getrandbits(32)
        step = 160 if self.codec == 'pcmu' else 960
        at = time.perf_counter()
        while not self.over.is_set():
            head = struct.pack('!BBHII', 0x80, self.payload, sequence & 0xFFFF, stamp, ssrc)
            self.sound.sendto(head + frames[sequence % len(frames)], self.remote)
            sequence, stamp, at = sequence + 1, (stamp + step) & 0xFFFFFFFF, at + FRAME_S
            time.sleep(max(0, at - time.perf_counter()))

    def receive(self):
        self.sound.settimeout(0.2)
        while not self.over.is_set():
            try:
                self.sound.recv(2048)
                self.received += 1
            except socket.timeout:
                pass


def summary(values):
    values = sorted(values)
    return {'median': round(statistics.median(values), 2), 'min': round(values[0], 2),
            'p95': round(values[min(len(values) - 1, int(.95 * len(values)))], 2),
            'first': None, 'n': len(values)} if values else None


def measure(target, codec='pcmu', calls=1, hold=1.0, pid=None, settle=1.0):
    """Calls TARGET; a dictionary of the figures."""
    frames = tone_frames(codec)
    ringing, answered, cpu, rate = [], [], [], []
    for _ in range(calls):
        call = Call(target, codec)
        first, last = call.dial()
        ringing += [first] if first else []
        answered.append(last)
        threads = [threading.Thread(target=call.send, args=(frames,)),
                   threading.Thread(target=call.receive)]
        for thread in threads:
            thread.start()
        time.sleep(min(settle, hold / 2))
        before, packets, start = cpu_ns(pid) if pid else 0, call.received, time.perf_counter()
        time.sleep(hold - min(settle, hold / 2))
        elapsed = time.perf_counter() - start
        if pid:
            cpu.append((cpu_ns(pid) - before) / elapsed / 1e7)
        rate.append((call.received - packets) / elapsed)
        call.hang_up()
        for thread in threads:
            thread.join()
        call.sound.close()
        time.sleep(0.2)
    result = {'codec': codec, 'calls': calls, 'invite_18x_ms': summary(ringing),
              'invite_200_ms': summary(answered), 'cpu_percent': summary(cpu),
              'packets_per_second': summary(rate)}
    for name, values in (('invite_18x_ms', ringing), ('invite_200_ms', answered)):
        if values:
            result[name]['first'] = round(values[0], 2)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('target')
    parser.add_argument('-n', '--calls', type=int, default=1)
    parser.add_argument('--hold', type=float, default=1.0)
    parser.add_argument('--codec', default='pcmu', choices=['pcmu', 'opus'])
    parser.add_argument('--pid', type=int)
    a = parser.parse_args()
    print(json.dumps(measure(a.target, a.codec, a.calls, a.hold, a.pid)))


if __name__ == '__main__':
    main()
