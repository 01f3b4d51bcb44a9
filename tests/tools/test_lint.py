#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/lint.py finds what the house does not do, and this tree does none of it."""
import os
import sys
import tempfile
import unittest

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "tools"))
import lint  # noqa: E402


class Lint(unittest.TestCase):
    def breaches(self, path, text, built="files('a.c')\n"):
        with tempfile.TemporaryDirectory() as top:
            os.makedirs(os.path.join(top, os.path.dirname(path)))
            for name, said in ("meson.build", built), (path, text):
                with open(os.path.join(top, name), "w", encoding="utf-8") as f:
                    f.write(said)
            return lint.check(top)

    def test_good(self):
        body = lint.HEADER + "\nint\nmain (void)\n{\n  return 0;\n}\n"
        self.assertEqual(self.breaches("src/base/a.c", body), [])

    def test_wrong(self):
        head = lint.HEADER + "\n"
        for path, text in (("src/base/a.c", "int x;\n"),
                           ("src/base/a.c", head + "int x = G_IO_ERROR_" + "FAILED;\n"),
                           ("src/base/a.c", head + "void f (void) { g_usleep (1); }\n"),
                           ("src/base/a.c", head + "int x; \n"),
                           ("src/base/a.h", head + "Thing *thing_get_default (void);\n"),
                           ("src/base/a.c", head + "\n" * (lint.FILE_LINES + 1)),
                           ("src/base/a.c", head + "int\nf (void)\n{\n" + "  g ();\n" * lint.FUNCTION_LINES + "}\n"),
                           ("docs/a.md", "see crates" + ".io\n")):
            self.assertEqual(len(self.breaches(path, text)), 1, (path, text[-40:]))

    def test_on_purpose(self):
        text = lint.HEADER + "\nvoid f (void) { g_usleep (1); } /* on purpose: a caller that is stuck */\n"
        self.assertEqual(self.breaches("tests/base/a.c", text), [])

    def test_not_built(self):
        for path in "src/base/b.c", "src/base/aa.c", "src/desktop/a.ui":
            self.assertEqual(len(self.breaches(path, lint.HEADER + "\n")), 1, path)

    def test_tables_may_be_long(self):
        text = lint.HEADER + "\nstatic const int t[] =\n{\n" + "  1,\n" * lint.FUNCTION_LINES + "};\n"
        self.assertEqual(self.breaches("src/base/a.c", text), [])

    def test_this_tree(self):
        self.assertEqual(lint.check(TREE), [])


if __name__ == "__main__":
    unittest.main()
