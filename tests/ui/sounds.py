# SPDX-License-Identifier: GPL-3.0-or-later
"""What is heard in a stretch of a tour, measured and held against what was said."""
import evidence
import wav
from materials import need

LOUD, QUIET = -45.0, -55.0  # dBFS: surely heard, surely not
SAME_PITCH = 0.10           # of the pitch
ALIKE, UNLIKE = 0.70, 0.60  # of two rhythms
TONE_HZ = 20                # off the tone that was played


def hears_voice(tour, recording, span, said):
    """Somebody's speech is heard: loud enough, with its pitch, in its rhythm."""
    samples, rate = tour.part(recording, span)
    source, source_rate = tour.said(said)
    found = {"dbfs": round(wav.level(samples), 1), "hz": round(evidence.voice_pitch(samples, rate), 1),
             "said_hz": round(evidence.voice_pitch(source, source_rate), 1),
             "likeness": round(evidence.likeness(samples, rate, source, source_rate), 2)}
    need(found["dbfs"] > LOUD, "%s: only %.1f dBFS are heard", span, found["dbfs"])
    need(abs(found["hz"] - found["said_hz"]) <= SAME_PITCH * found["said_hz"], "%s: %.1f Hz are heard where %.1f Hz were said",
         span, found["hz"], found["said_hz"])
    need(found["likeness"] > ALIKE, "%s: what is heard is not what was said (%.2f)", span, found["likeness"])
    return found


def hears_tone(tour, recording, span, hz):
    """A tone is heard: loud enough, at its frequency."""
    samples, rate = tour.part(recording, span)
    body = samples[len(samples) // 4:3 * len(samples) // 4]
    found = {"dbfs": round(evidence.tone_share(samples, rate, hz, 0.5), 1), "hz": round(wav.pitch(body, rate), 1)}
    need(found["dbfs"] > LOUD, "%s: no tone of %d Hz is heard (%.1f dBFS in all)", span, hz, wav.level(samples))
    need(abs(found["hz"] - hz) <= TONE_HZ, "%s: %.1f Hz are heard where %d Hz were played", span, found["hz"], hz)
    return found


def hears_nothing(tour, recording, span):
    samples, rate = tour.part(recording, span)
    loudest = float(max(wav.levels(samples, rate, 0.1)))
    need(loudest < QUIET, "%s: %.1f dBFS are heard where nothing should be", span, loudest)
    return {"loudest_dbfs": round(loudest, 1)}


def hears_music(tour, recording, span, said):
    """Music, and nothing of what somebody says meanwhile."""
    samples, rate = tour.part(recording, span)
    source, source_rate = tour.said(said)
    kind, alike = wav.kind(samples, rate), evidence.likeness(samples, rate, source, source_rate)
    need(wav.level(samples) > LOUD, "%s: only %.1f dBFS are heard", span, wav.level(samples))
    need(kind == "music", "%s: %s is heard instead of music", span, kind)
    need(alike < UNLIKE, "%s: what the %s says is heard in the music (%.2f)", span, said, alike)
    return {"hears": kind, "dbfs": round(wav.level(samples), 1), "likeness": round(alike, 2)}
