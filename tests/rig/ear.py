# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits for a tone in what a telephone hears (peers.Sound, rtp.Sound), which it looks at once: who waits for long over a long
recording has no more to do each time than at first, and leaves the processor to those who speak."""

import time

import numpy as np
import wav
from patience import DEADLINE

RATE = 8000


def catch(what, sound, hz, since=0.0, above=-35.0):
    """Until this tone was heard in some tenth of a second since then."""
    at, rest, end = sound.position(since), np.zeros(0), time.monotonic() + DEADLINE
    while True:
        at, more = sound.after(at)
        rest = np.concatenate([rest, more])
        if wav.loudest(rest, RATE, hz) > above:
            return
        rest = rest[max(0, len(rest) - 1) // (RATE // 10) * (RATE // 10):]  # no tenth that wav.loudest was given whole
        assert time.monotonic() < end, "not within %d s: %s" % (DEADLINE, what)
        time.sleep(0.02)
