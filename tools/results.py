#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints "passed failed" of the last `meson test` in a build directory. A test that was skipped is neither. Of what failed it
also says, as lines "failed: TEST: ..." beside, which cases did and with what.

    tools/results.py BUILD-DIRECTORY
"""
import json
import os
import re
import sys

GOOD, NEITHER = {"OK", "EXPECTEDFAIL"}, {"SKIP"}
# Python's cases and what they raised, GLib's, and the sanitizers'.
TELLING = re.compile(r"(?:FAIL|ERROR): |[\w.]*(?:Error|Exception|Refused)\b|not ok |Bail out!|\*\*\s*ERROR|.*Sanitizer|.*: runtime error: ")


def count(tests):
    results = [test["result"] for test in tests]
    passed = sum(r in GOOD for r in results)
    return passed, len(results) - passed - sum(r in NEITHER for r in results)


def reasons(test):
    """The lines that tell why, each once; how it ended where none does."""
    lines = (test.get("stdout", "") + "\n" + test.get("stderr", "")).splitlines()
    return list(dict.fromkeys(line[:300] for line in lines if TELLING.match(line)))[:20] or [test["result"]]


if __name__ == "__main__":
    try:
        with open(os.path.join(sys.argv[1], "meson-logs", "testlog.json"), encoding="utf-8") as f:
            ended = [json.loads(line) for line in f if line.strip()]
        print("%d %d" % count(ended))
        for one in ended:
            for why in reasons(one) if one["result"] not in GOOD | NEITHER else ():
                print("failed: %s: %s" % (one["name"], why), file=sys.stderr)
    except OSError as e:
        sys.exit("tools/results.py: %s" % e)
