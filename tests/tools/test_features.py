#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/features.py refuses a feature whose test failed, did not run or was not named."""
import os
import sys
import unittest

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "tools"))
import features  # noqa: E402

LOG = "\n".join(('{"name": "guichet:acd / core", "result": "OK"}', '{"name": "guichet:acd / days", "result": "FAIL"}',
                 '{"name": "guichet:acd / asan", "result": "SKIP"}'))


class Features(unittest.TestCase):
    def check(self, row):
        return features.check(features.features("| id | what | tests |\n|---|---|---|\n" + row), features.results(LOG))

    def test_good(self):
        self.assertEqual(self.check("| F-001 | One call at a time | `core` |"), [])

    def test_wrong(self):
        for row in ("| F-001 | One call | days |", "| F-001 | One call | asan |", "| F-001 | One call | gone |",
                    "| F-001 | One call | core, gone |", "| F-001 | One call | |", "| F-001 | | core |", "no table",
                    "| F-001 | One | core |\n| F-001 | Again | core |"):
            self.assertEqual(len(self.check(row)), 1, row)


if __name__ == "__main__":
    unittest.main()
