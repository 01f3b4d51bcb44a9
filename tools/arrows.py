#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the rooms of src/ to the arrows of the plan (docs/architecture.md).

Each room may include its own headers, those of the rooms it has an arrow to (and what those stand on), and only the
libraries that are its business. Prints one line a breach and exits 1; prints nothing and exits 0 when all is well.

    tools/arrows.py [DIRECTORY]      DIRECTORY holds the rooms; default: src/ of this tree
"""
import os
import re
import sys

# room -> rooms it may name
ARROWS = {
    "base": set(),
    "model": {"base"},
    "acd": {"model", "base"},
    "telephony": {"base"},
    "phone": {"telephony", "base"},
    "client": {"model", "base"},
    "desktop": {"client", "model", "base"},
    "server": {"acd", "model", "base", "telephony"},
    "demo": {"telephony", "base"},
    "ctl": {"model", "base"},
}

# Within the server only its own voice engine may know telephony.
NARROW = [("server", "telephony", "server/voice/")]

# library: (include pattern, rooms that may use it)
LIBRARIES = {
    "GTK": (r"(gtk|gdk|gsk)/|adwaita\.h|graphene", {"desktop"}),
    "SQLite": (r"sqlite3\.h", {"client", "server"}),
    "libsoup": (r"libsoup/", {"client", "server", "ctl", "demo"}),
    "libsecret": (r"libsecret/", {"client"}),
    "sofia-sip": (r"sofia-sip/", {"telephony", "server", "phone", "demo"}),
    "GStreamer": (r"gst/", {"telephony", "phone", "server", "demo"}),
    "libsodium": (r"sodium", {"server", "client"}),
}

# Folders that are narrower than their room.
FOLDERS = {
    "GStreamer": {"server": "server/voice/"},
    "sofia-sip": {"server": "server/voice/"},
}

# The core decides without a clock, a thread or a file.
PURE = {"acd": r"gio/|glib/gstdio\.h|unistd\.h|sys/(?!mman)|pthread\.h|time\.h|fcntl\.h|netinet/|arpa/"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def breaches_of(path, rel):
    """The breaches of one file; rel is its path below the rooms' directory."""
    room = rel.split("/")[0]
    if room not in ARROWS:
        return ["%s: no room of the plan is called %s" % (rel, room)]
    found = []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            m = INCLUDE.match(line)
            if m:
                found += ["%s:%d: %s" % (rel, number, why) for why in refusals(room, rel, m.group(1), m.group(2))]
    return found


def refusals(room, rel, quote, name):
    other = name.split("/")[0] if "/" in name else None
    if quote == '"' and other in ARROWS:
        if other != room and other not in ARROWS[room]:
            yield "%s may not know %s (%s)" % (room, other, name)
        for who, whom, folder in NARROW:
            if room == who and other == whom and not rel.startswith(folder):
                yield "only %s may know %s (%s)" % (folder, whom, name)
        return
    for library, (pattern, rooms) in LIBRARIES.items():
        if re.match(pattern, name):
            folder = FOLDERS.get(library, {}).get(room)
            if room not in rooms:
                yield "%s may not use %s (%s)" % (room, library, name)
            elif folder and not rel.startswith(folder):
                yield "only %s may use %s (%s)" % (folder, library, name)
    if room in PURE and re.match(PURE[room], name):
        yield "%s has no clock, files or threads (%s)" % (room, name)


def check(top):
    found = []
    for folder, dirs, files in os.walk(top):
        dirs.sort()
        for f in sorted(files):
            if f.endswith((".c", ".h")):
                path = os.path.join(folder, f)
                found += breaches_of(path, os.path.relpath(path, top))
    return found


def main(argv):
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found = check(argv[1] if len(argv) > 1 else os.path.join(here, "src"))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
