# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys for the letters that the tests type beside English ones.

xdotool types a letter that no key has by lending it a key for some milliseconds, and on a busy machine the window
looks what the key means when that is over: the letter is lost. Keys that stay cannot be lost."""

import re
import subprocess

from patience import DEADLINE

LETTERS = "АаБбВвГгДдЕеЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЬьЮюЯя" + "ÉéÈèÀàÇçÊêÔôÎîÛûÙùÂâËëÏï" + "€–…—«»’„“°"
FIRST, LAST = 208, 255  # keycodes that no test needs


def give(display, env):
    """Puts the letters on the display's spare keys, two each."""
    now = subprocess.run(["xkbcomp", "-w", "0", "-xkb", display, "-"], env=env, check=True, capture_output=True, text=True, timeout=DEADLINE).stdout
    pairs = [LETTERS[i:i + 2] for i in range(0, len(LETTERS), 2)]
    assert len(pairs) <= LAST - FIRST + 1
    for keycode in range(FIRST, LAST + 1):
        now = re.sub(r"\n\s*key <I%d> \{[^}]*\};" % keycode, "", now)
    keys = "".join("    key <I%d> { [ %s ] };\n" % (FIRST + i, ", ".join("U%04X" % ord(c) for c in pair)) for i, pair in enumerate(pairs))
    now = re.sub(r'(xkb_symbols "[^"]*" \{\n)', lambda m: m.group(1) + keys, now, count=1)
    subprocess.run(["xkbcomp", "-w", "0", "-", display], env=env, input=now, check=True, capture_output=True, text=True, timeout=DEADLINE)
