#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints "passed failed" of the last `meson test` in a build directory. A test that was skipped is neither.

    tools/results.py BUILD-DIRECTORY
"""
import json
import os
import sys

GOOD, NEITHER = {"OK", "EXPECTEDFAIL"}, {"SKIP"}


def count(lines):
    results = [json.loads(line)["result"] for line in lines if line.strip()]
    passed = sum(r in GOOD for r in results)
    return passed, len(results) - passed - sum(r in NEITHER for r in results)


if __name__ == "__main__":
    try:
        with open(os.path.join(sys.argv[1], "meson-logs", "testlog.json"), encoding="utf-8") as f:
            print("%d %d" % count(f))
    except OSError as e:
        sys.exit("tools/results.py: %s" % e)
