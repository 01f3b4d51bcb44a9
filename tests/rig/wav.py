# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges recorded sound: level, pitch, silence, kind (speech, music, tone), keyed digits.

Everything takes mono samples as a float array in -1..1 and a rate; load () reads a WAV so. Levels are dBFS of the RMS
with a full-scale sine at -3.0.  Run as a program on WAV files it prints what it finds.
"""
import functools
import sys
import wave

import numpy as np

SILENCE = -100.0

DTMF_LOW = (697, 770, 852, 941)
DTMF_HIGH = (1209, 1336, 1477, 1633)
DTMF_KEYS = ("123A", "456B", "789C", "*0#D")


def load(path):
    """(samples, rate) of a 16-bit WAV, its channels averaged."""
    with wave.open(str(path), "rb") as w:
        if w.getsampwidth() != 2:
            raise ValueError(f"{path}: not 16 bit")
        data = np.frombuffer(w.readframes(w.getnframes()), dtype="<i2").astype(np.float64) / 32768.0
        return data.reshape(-1, w.getnchannels()).mean(axis=1), w.getframerate()


def save(path, samples, rate):
    data = (np.clip(np.asarray(samples), -1.0, 1.0) * 32767.0).astype("<i2")
    with wave.open(str(path), "wb") as w:
        w.setnchannels(1)
        w.setsampwidth(2)
        w.setframerate(rate)
        w.writeframes(data.tobytes())


def tone(freq, seconds, rate=48000, dbfs=-20.0):
    """A sine of this level (RMS)."""
    t = np.arange(int(seconds * rate)) / rate
    return np.sqrt(2.0) * 10 ** (dbfs / 20.0) * np.sin(2 * np.pi * freq * t)


def level(samples):
    """dBFS of the whole."""
    if len(samples) == 0:
        return SILENCE
    rms = np.sqrt(np.mean(np.square(samples)))
    return max(SILENCE, 20 * np.log10(rms)) if rms > 0 else SILENCE


def levels(samples, rate, block=0.020):
    """dBFS of each block of so many seconds."""
    n = int(rate * block)
    count = len(samples) // n
    if count == 0:
        return np.zeros(0)
    rms = np.sqrt(np.mean(np.square(samples[:count * n].reshape(count, n)), axis=1))
    return 20 * np.log10(np.maximum(rms, 1e-5))


def silent_blocks(samples, rate, block=0.020, below=-60.0):
    """How many blocks are silent."""
    return int(np.sum(levels(samples, rate, block) < below))


def longest_silence(samples, rate, below=-60.0):
    """The longest run of silent 10 ms blocks, in seconds."""
    best = run = 0
    for quiet in levels(samples, rate, 0.010) < below:
        run = run + 1 if quiet else 0
        best = max(best, run)
    return best * 0.010


def quiet_seconds(samples, rate, above=-62.0, below=-45.0):
    """How long there is low noise: neither sound nor silence."""
    found = levels(samples, rate)
    return float(np.sum((found > above) & (found < below))) * 0.020


def trim(samples, rate, below=-55.0):
    """Without the silence before the first and after the last loud block."""
    loud = np.nonzero(levels(samples, rate) >= below)[0]
    if len(loud) == 0:
        return samples[:0]
    n = int(rate * 0.020)
    return samples[loud[0] * n:(loud[-1] + 1) * n]


@functools.lru_cache(maxsize=32)
def hanning(n):
    """A window that many blocks of a length share."""
    window = np.hanning(n)
    window.flags.writeable = False
    return window


def tone_level(samples, rate, freq, width=15.0):
    """dBFS of what lies within width Hz of a frequency."""
    if len(samples) < rate // 20:
        return SILENCE
    window = hanning(len(samples))
    spectrum = np.abs(np.fft.rfft(samples * window)) ** 2
    freqs = np.fft.rfftfreq(len(samples), 1.0 / rate)
    near = np.abs(freqs - freq) <= max(width, 2.0 * rate / len(samples))
    power = 2.0 * spectrum[near].sum() / (len(samples) * np.sum(window ** 2))
    return max(SILENCE, 10 * np.log10(power)) if power > 0 else SILENCE


def _tenths(samples, rate, hz):
    n = rate // 10
    return [min(tone_level(samples[i:i + n], rate, one) for one in hz) for i in range(0, len(samples) - n, n)]


def loudest(samples, rate, *hz):
    """dBFS of this tone, of the lesser one of several, in the tenth of a second where it is loudest."""
    return max(_tenths(samples, rate, hz), default=SILENCE)


def lasting(samples, rate, *hz):
    """The same over three tenths that follow each other: where sound is late it clicks, and a click has something of every tone."""
    tenths = _tenths(samples, rate, hz)
    return max(map(min, zip(tenths, tenths[1:], tenths[2:])), default=SILENCE)


def pitch(samples, rate):
    """The strongest frequency in Hz, 0 if it is silent."""
    if level(samples) < -70.0 or len(samples) < rate // 20:
        return 0.0
    spectrum = np.abs(np.fft.rfft(samples * hanning(len(samples))))
    spectrum[:max(1, int(40.0 * len(samples) / rate))] = 0.0
    k = int(np.argmax(spectrum))
    shift = 0.0
    if 0 < k < len(spectrum) - 1:
        a, b, c = np.log(spectrum[k - 1:k + 2] + 1e-12)
        if a - 2 * b + c != 0:
            shift = 0.5 * (a - c) / (a - 2 * b + c)
    return (k + shift) * rate / len(samples)


def has_tone(samples, rate, freq, dbfs=-40.0, share=0.5):
    """Whether a tone is there: loud enough, and this share of all the power at least."""
    found = tone_level(samples, rate, freq)
    return found >= dbfs and found >= level(samples) + 10 * np.log10(share)


def _goertzel(frames, rate, freqs):
    """Power of each frequency in each frame: array [frame][freq]."""
    n = frames.shape[1]
    t = np.arange(n) / rate
    basis = np.exp(-2j * np.pi * np.outer(t, freqs)) * hanning(n)[:, None]
    return np.abs(frames @ basis) ** 2 / (np.sum(hanning(n)) ** 2) * 2


def dtmf_digits(samples, rate, dbfs=-45.0):
    """The keyed digits one hears, as a string. A digit lasts 40 ms at least."""
    n, hop = int(rate * 0.030), int(rate * 0.010)
    if len(samples) < n:
        return ""
    frames = np.lib.stride_tricks.sliding_window_view(samples, n)[::hop]
    low = _goertzel(frames, rate, np.array(DTMF_LOW, dtype=float))
    high = _goertzel(frames, rate, np.array(DTMF_HIGH, dtype=float))
    total = np.mean(np.square(frames), axis=1) + 1e-12
    found, run, last = "", 0, ""
    for i in range(len(frames)):
        r, c = int(np.argmax(low[i])), int(np.argmax(high[i]))
        a, b = low[i][r], high[i][c]
        both = a + b
        key = ""
        if 10 * np.log10(both + 1e-12) > dbfs and max(a, b) < 10 * min(a, b) and both > 0.6 * total[i]:
            key = DTMF_KEYS[r][c]
        if key == last:
            run += 1
        else:
            last, run = key, 1
        if key and run == 2:
            found += key
    return found


def steadiness(samples, rate):
    """Share of the loud 40 ms frames whose strongest partials stay where they were in the frame before: near 1 for tones
    and played notes, low for speech, whose pitch and formants glide."""
    n = int(rate * 0.040)
    count = len(samples) // n
    if count < 3:
        return 0.0
    frames = samples[:count * n].reshape(count, n)
    loud = 20 * np.log10(np.sqrt(np.mean(frames ** 2, axis=1)) + 1e-6) > -50.0
    size = 4 * n
    spectra = np.abs(np.fft.rfft(frames * hanning(n), size, axis=1))
    spectra[:, :int(80 * size / rate)] = 0
    spectra[:, int(3400 * size / rate):] = 0
    spectra /= np.linalg.norm(spectra, axis=1, keepdims=True) + 1e-9
    alike = np.sum(spectra[1:] * spectra[:-1], axis=1)
    both = loud[1:] & loud[:-1]
    return float(np.mean(alike[both] > 0.97)) if both.any() else 0.0


def pauses(samples, rate):
    """Share of 20 ms blocks 20 dB or more below the loud ones: speech has many, a held note none."""
    blocks = levels(samples, rate)
    if len(blocks) == 0:
        return 1.0
    return float(np.mean(blocks < np.percentile(blocks, 90) - 20.0))


def kind(samples, rate):
    """"silence", "tone" (one steady frequency), "music" or "speech" (also anything else that glides and pauses)."""
    if len(samples) == 0 or np.percentile(levels(samples, rate), 90) < -55.0:
        return "silence"
    body = trim(samples, rate)
    steady = steadiness(body, rate)
    loud = body[:len(body) // 2], body[len(body) // 2:]
    tones = [pitch(half, rate) for half in loud]
    if steady > 0.8 and abs(tones[0] - tones[1]) < 10 and has_tone(body, rate, tones[0], share=0.8):
        return "tone"
    return "music" if steady > 0.55 else "speech"


def describe(path):
    samples, rate = load(path)
    return {"seconds": round(len(samples) / rate, 2), "dbfs": round(level(samples), 1),
            "pitch": round(pitch(samples, rate), 1), "kind": kind(samples, rate),
            "longest_silence": round(longest_silence(samples, rate), 2), "steady": round(steadiness(samples, rate), 2),
            "pauses": round(pauses(samples, rate), 2), "digits": dtmf_digits(samples, rate)}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(name, describe(name))
