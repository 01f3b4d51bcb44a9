# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a test waits for what has to come, in seconds: longer than any time after which what it tests tries again by itself,
on a machine that does ten other things as well. It costs nothing where it comes."""

DEADLINE = 120
