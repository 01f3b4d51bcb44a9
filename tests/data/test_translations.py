#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language of po/LINGUAS has every string, in sound plural forms, and no file with strings is forgotten."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PO = os.path.join(TREE, "po")
sys.path.insert(0, os.path.join(TREE, "tools"))
import potfiles  # noqa: E402


def languages():
    with open(os.path.join(PO, "LINGUAS"), encoding="utf-8") as f:
        return [line.strip() for line in f if line.strip() and not line.startswith("#")]


def template(folder):
    """The strings of the sources as they are now."""
    pot = os.path.join(folder, "guichet.pot")
    subprocess.run(["xgettext", "--directory=" + TREE, "--files-from=" + os.path.join(PO, "POTFILES"), "--from-code=UTF-8",
                    "--add-comments", "--output=" + pot, "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2",
                    "--keyword=NC_:1c,2", "--keyword=g_dngettext:2,3", "--keyword=g_dpgettext2:2c,3"],
                   check=True, timeout=60, stderr=subprocess.DEVNULL)
    return pot


class Translations(unittest.TestCase):
    def test_files(self):
        self.assertEqual(potfiles.main(["potfiles"]), 0)

    def test_complete(self):
        with tempfile.TemporaryDirectory() as folder:
            pot = template(folder)
            for lang in languages():
                merged = os.path.join(folder, lang + ".po")
                subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged,
                                os.path.join(PO, lang + ".po"), pot], check=True, timeout=60)
                said = subprocess.run(["msgfmt", "-c", "--statistics", "-o", os.devnull, merged], env=dict(os.environ, LC_ALL="C"),
                                      capture_output=True, text=True, timeout=60, check=False)
                self.assertEqual(said.returncode, 0, said.stderr)
                self.assertFalse(re.search("untranslated|fuzzy", said.stderr), "%s: %s" % (lang, said.stderr))


if __name__ == "__main__":
    unittest.main()
