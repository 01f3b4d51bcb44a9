#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds po/POTFILES to the sources: every file with a translatable string is in it, and nothing else.

    tools/potfiles.py [--write]
"""
import os
import re
import sys

CALL = re.compile(r'\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) \(\s*"|\b(ngettext|_|N_) \($', re.M)
MARK = re.compile(r'translatable="(yes|true)"')
DATA = ["data/org.guichet.Guichet.desktop.in", "data/org.guichet.Guichet.metainfo.xml.in",
        "data/org.guichet.Guichet.gschema.xml"]


def wanted(top):
    found = [d for d in DATA if os.path.exists(os.path.join(top, d))]
    for folder, dirs, files in os.walk(os.path.join(top, "src")):
        dirs.sort()
        for f in sorted(files):
            pattern = MARK if f.endswith(".ui") else CALL if f.endswith((".c", ".h")) else None
            path = os.path.join(folder, f)
            if pattern:
                with open(path, encoding="utf-8") as text:
                    if pattern.search(text.read()):
                        found.append(os.path.relpath(path, top))
    return found


def main(argv):
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    listing = os.path.join(top, "po", "POTFILES")
    want = wanted(top)
    if "--write" in argv:
        with open(listing, "w", encoding="utf-8") as f:
            f.write("".join(w + "\n" for w in want))
        return 0
    with open(listing, encoding="utf-8") as f:
        have = [line.strip() for line in f if line.strip() and not line.startswith("#")]
    for path in sorted(set(want) - set(have)):
        print("po/POTFILES lacks %s" % path)
    for path in sorted(set(have) - set(want)):
        print("po/POTFILES names %s, which has nothing to translate" % path)
    return 1 if set(want) != set(have) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
