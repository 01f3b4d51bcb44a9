#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules that a compiler does not know. Prints one line a breach and exits 1.

    tools/lint.py [TREE]      default: this tree
"""
import os
import re
import sys

FILE_LINES, FUNCTION_LINES = 600, 100

# What was longer when the limit came, with the length it may keep: entries go, none come.
KNOWN = {
    "tests/server/voice/mixer.c": 645,
    "tests/telephony/test-call.c": 705,
}
# A line with this comment does what is forbidden, and says why it must.
ON_PURPOSE = "on purpose:"

HEADER = "/* SPDX-License-Identifier: GPL-3.0-or-later */"

# (what it looks like, where, why not)
FORBIDDEN = [
    (r"\bG_IO_ERROR_FAILED\b", r"^src/.*\.[ch]$", "G_IO_ERROR_FAILED tells the caller nothing: use a domain and code"),
    (r"_get_default \(void\)", r"^src/.*\.[ch]$", "no singletons: hand the context down"),
    (r"\b(g_usleep|usleep|sleep|nanosleep) \(", r"^(src|tests)/.*\.[ch]$", "wait for what happens, not for time"),
    (r"\btime\.sleep \(", r"^tests/.*\.c$", "wait for what happens, not for time"),
    (r"\bg_main_loop_run \(", r"^src/(desktop|client|model|acd|base)/", "no nested main loop"),
    (r"\b(strcpy|strcat|sprintf|gets|atoi|strtok) \(", r"^(src|tests)/.*\.[ch]$", "use GLib's bounded function"),
    (r"\bFIXME\b|\bXXX:", r"^(src|tests|tools|data)/", "finish it or open an issue"),
    (r"[ \t]+$", r"\.(c|h|py|ui|css|build|sh|json|xml|in)$", "white space at the end of a line"),
    (r"(?i)\b(registry\.npmjs|pypi\.org|crates\.io|proxy\.golang|deb\.debian\.org|files\.pythonhosted)", r".",
     "the tree names no package registry"),
]

TEXT = re.compile(r"\.(c|h|py|ui|css|build|sh|json|xml|in|md|yml|yaml|sql|txt|po|pot|service|desktop)$"
                  r"|^(demo|check|tools/install|tools/format|\.ci/run|tools/packages)$")


def tracked(top):
    """Every text file of the tree, but what a build or git made."""
    for folder, dirs, files in os.walk(top):
        rel = os.path.relpath(folder, top)
        dirs[:] = sorted(d for d in dirs if not (d in (".git", "__pycache__", "demo-out", "build", ".flatpak-builder")
                                                 or (rel == "." and d.startswith("build-"))))
        for f in sorted(files):
            path = os.path.normpath(os.path.join(rel, f))
            if TEXT.search(path):
                yield path


def functions(lines):
    """(name, first line, length) of each C function: its body runs from a `{` to a `}` in the first column."""
    start = None
    for i, line in enumerate(lines):
        if line.startswith("{"):
            start = i
        elif line.startswith("}") and start is not None:
            if not line.startswith("};") and not re.match(r"}\s*\w+;", line):
                name = next((re.match(r"(\w+) \(", lines[j]) for j in range(start, max(start - 12, -1), -1)
                             if re.match(r"(\w+) \(", lines[j])), None)
                yield (name.group(1) if name else "?", start + 1, i - start + 1)
            start = None


def check_file(top, path):
    try:
        with open(os.path.join(top, path), encoding="utf-8") as f:
            text = f.read()
    except UnicodeDecodeError:
        yield "%s: not UTF-8" % path
        return
    lines = text.split("\n")
    if not path.startswith("tools/lint.py") and not path.endswith((".po", ".pot", "COPYING")):
        for pattern, where, why in FORBIDDEN:
            if re.search(where, path):
                for n, line in enumerate(lines, 1):
                    if re.search(pattern, line) and ON_PURPOSE not in line:
                        yield "%s:%d: %s" % (path, n, why)
    if path.endswith((".c", ".h")):
        yield from check_c(path, lines)


def check_c(path, lines):
    if lines[0] != HEADER:
        yield "%s:1: the first line is not the licence's" % path
    if len(lines) > KNOWN.get(path, FILE_LINES):
        yield "%s: %d lines; a file of over %d holds more than one thing" % (path, len(lines), FILE_LINES)
    for name, line, length in functions(lines):
        if length > KNOWN.get("%s:%s" % (path, name), FUNCTION_LINES) and not name.endswith("_class_init"):
            yield "%s:%d: %s has %d lines; the limit is %d" % (path, line, name, length, FUNCTION_LINES)


def check_unbuilt(top, paths):
    """What no list of sources or resources names was forgotten there, or when its use went."""
    lists = ""
    for path in paths:
        if path.endswith(("meson.build", ".gresource.xml")):
            with open(os.path.join(top, path), encoding="utf-8") as f:
                lists += f.read()
    for path in paths:
        if re.search(r"^src/.*\.(c|ui|css)$", path) and not re.search(r"\b%s['<]" % re.escape(os.path.basename(path)), lists):
            yield "%s: nothing is built of it" % path


def check(top):
    paths = list(tracked(top))
    return [breach for path in paths for breach in check_file(top, path)] + list(check_unbuilt(top, paths))


def main(argv):
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found = check(argv[1] if len(argv) > 1 else here)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
