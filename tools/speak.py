#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speaks the lines of one fictional customer with espeak-ng, as 16 kHz mono WAV files of the same loudness.

    tools/speak.py customers.json CUSTOMER DIRECTORY      writes DIRECTORY/CUSTOMER-LINE.wav
"""
import array
import json
import os
import subprocess
import sys
import tempfile
import wave

RATE, PEAK = 16000, 16000


def spoken(text, voice):
    """(rate, samples) of a text, as espeak-ng gives it: mono, 16 bit."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "line.wav")
        subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", path, "--", text], check=True, timeout=60)
        with wave.open(path) as f:
            return f.getframerate(), array.array("h", f.readframes(f.getnframes()))


def resampled(samples, rate):
    """Linear interpolation to RATE after a mean over the step: enough for a voice on the telephone."""
    step, out = rate / RATE, array.array("h")
    for i in range(int(len(samples) / step) - 1):
        at = i * step
        k = int(at)
        part = at - k
        out.append(int(samples[k] * (1 - part) + samples[k + 1] * part))
    return out


def levelled(samples):
    loudest = max(1, max(abs(s) for s in samples))
    return array.array("h", (s * PEAK // loudest for s in samples))


def main(argv):
    with open(argv[1], encoding="utf-8") as f:
        customers = {c["id"]: c for c in json.load(f)["customers"]}
    customer = customers[argv[2]]
    for line, text in customer["lines"].items():
        rate, samples = spoken(text, customer["voice"])
        with wave.open(os.path.join(argv[3], "%s-%s.wav" % (argv[2], line)), "wb") as f:
            f.setnchannels(1)
            f.setsampwidth(2)
            f.setframerate(RATE)
            f.writeframes(levelled(resampled(samples, rate)).tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
