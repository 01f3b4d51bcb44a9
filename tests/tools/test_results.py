#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/results.py counts what meson noted, and says of what failed which case did and with what."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PYTHON = "test_a (X) ... FAIL\n\nFAIL: test_a (X)\n---\nTraceback (most recent call last):\n  File \"a.py\"\nAssertionError: 1 != 2\n\nFAIL: test_a (X)"
SANITIZED = "ok 1 /a\n==7==ERROR: AddressSanitizer: heap-use-after-free\nnot ok 2 /b"


class Results(unittest.TestCase):
    def said(self, *tests):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "meson-logs"))
            with open(os.path.join(folder, "meson-logs", "testlog.json"), "w", encoding="utf-8") as f:
                f.writelines(json.dumps(test) + "\n" for test in tests)
            done = subprocess.run([sys.executable, os.path.join(TREE, "tools", "results.py"), folder], capture_output=True, text=True, check=True)
        return done.stdout.strip(), [line.removeprefix("failed: ") for line in done.stderr.splitlines()]

    def test_counted(self):
        self.assertEqual(self.said(*({"name": r, "result": r} for r in ("OK", "EXPECTEDFAIL", "SKIP"))), ("2 0", []))

    def test_why(self):
        self.assertEqual(self.said({"name": "ui", "result": "FAIL", "stderr": PYTHON}, {"name": "c", "result": "ERROR", "stdout": SANITIZED},
                                   {"name": "late", "result": "TIMEOUT", "stdout": "nothing that tells"}, {"name": "good", "result": "OK"}),
                         ("1 3", ["ui: FAIL: test_a (X)", "ui: AssertionError: 1 != 2", "c: ==7==ERROR: AddressSanitizer: heap-use-after-free",
                                  "c: not ok 2 /b", "late: TIMEOUT"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
