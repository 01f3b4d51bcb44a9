#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/features.py refuses a feature whose test failed, did not run or was not named."""
import json
import os
import sys
import unittest

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "tools"))
import features  # noqa: E402

METHODS = """test_good (__main__.A.test_good)
What it shows. ... ok
test_after_words (__main__.A.test_after_words) ... a word
ok
test_bad (__main__.A.test_bad) ... FAIL
test_left (__main__.A.test_left) ... skipped 'no network'
test_cut (__main__.A.test_cut) ...
======
FAIL: test_bad (__main__.A.test_bad)"""
LOG = "\n".join((json.dumps({"name": "guichet:ui / ui", "result": "FAIL", "stdout": "", "stderr": METHODS}),
                 json.dumps({"name": "guichet:acd / rules", "result": "OK", "stdout": "1..2\nok 1 /a/b\nok 2 /a/c # SKIP\n"}),
                 '{"name": "guichet:acd / core", "result": "OK"}', '{"name": "guichet:acd / days", "result": "FAIL"}',
                 '{"name": "guichet:acd / asan", "result": "SKIP"}'))


class Features(unittest.TestCase):
    def check(self, row):
        return features.check(features.features("| id | what | tests |\n|---|---|---|\n" + row), features.results(LOG))

    def test_good(self):
        self.assertEqual(self.check("| F-001 | One call at a time | `core` |"), [])

    def test_cases(self):
        self.assertEqual(self.check("| F-001 | One | ui:test_good, ui:test_after_words, rules:/a/b |"), [])
        for case in ("ui:test_bad", "ui:test_left", "ui:test_cut", "ui:test_gone", "rules:/a/c", "rules:/a", "ui"):
            self.assertEqual(len(self.check("| F-001 | One | %s |" % case)), 1, case)

    def test_wrong(self):
        for row in ("| F-001 | One call | days |", "| F-001 | One call | asan |", "| F-001 | One call | gone |",
                    "| F-001 | One call | core, gone |", "| F-001 | One call | |", "| F-001 | | core |", "no table",
                    "| F-001 | One | core |\n| F-001 | Again | core |"):
            self.assertEqual(len(self.check(row)), 1, row)


if __name__ == "__main__":
    unittest.main()
