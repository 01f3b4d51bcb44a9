# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a test waits for what has to come, in seconds: longer than any time after which what it tests tries again by itself,
on a machine that does ten other things as well. It costs nothing where it comes."""

DEADLINE = 120

# Where nothing tells of it, one asks again and again: at first often, then the less often the longer it takes, by a part of it.
OFTEN, SELDOM, PART = 0.02, 0.25, 0.05


def pause(waited, least=OFTEN):
    """Seconds until one looks again, after having waited for so many."""
    return max(least, min(SELDOM, waited * PART))
