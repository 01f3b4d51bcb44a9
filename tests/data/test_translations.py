#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language of po/LINGUAS has every string, in sound plural forms, and no file with strings is forgotten."""
import gettext
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


# The words that agents of the trade know, by what they translate; each is in the sentence or is it.
TRADE = {
    "fr": {"Available": "Disponible", "Idle": "Indisponible", "Ready": "Prêt", "Paused": "pause", "Queues": "Files d’attente",
           "Sign in": "Connexion", "Sign out": "Déconnexion", "Declined": "Refusé", "Disposition": "Disposition",
           "Tags": "Étiquettes", "Hold": "Mettre en attente", "Wrap-up": "Conclusion", "Submit wrap-up": "conclusion",
           "Incoming call": "Appel entrant"},
    "bg": {"Available": "Наличен", "Idle": "Неактивен", "ringing": "звъни", "Hold": "Задържане", "Resume": "Възобновяване",
           "End": "Край", "Disposition": "Причина за приключване", "Wrap-up": "Приключване",
           "Submit wrap-up": "Подаване на приключване", "Queues": "Опашки", "Save": "Запис", "Revert": "Извличане",
           "Decline": "Отказ", "Paused": "пауза"}}

# What stands beside a number, with how it is for 0, 1, 2 and 21: French begins the plural with two; Bulgarian has it for all but
# one, and counts masculine things in a form of their own (чата, not чатове).
COUNTED = {
    "fr": {("%u unread chat", "%u unread chats"): ["0 chat non lu", "1 chat non lu", "2 chats non lus", "21 chats non lus"],
           ("%d character left", "%d characters left"): ["0 caractère restant", "1 caractère restant", "2 caractères restants",
                                                         "21 caractères restants"]},
    "bg": {("%u unread chat", "%u unread chats"): ["0 непрочетени чата", "1 непрочетен чат", "2 непрочетени чата",
                                                   "21 непрочетени чата"],
           ("%d waiting", "%d waiting"): ["0 чакащи", "1 чакащ", "2 чакащи", "21 чакащи"],
           ("%d character left", "%d characters left"): ["Остават 0 знака", "Остава 1 знак", "Остават 2 знака",
                                                         "Остават 21 знака"],
           ("%u segment", "%u segments"): ["0 сегмента", "1 сегмент", "2 сегмента", "21 сегмента"]}}


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

    def test_words_of_the_trade(self):
        with tempfile.TemporaryDirectory() as folder:
            for lang, words in TRADE.items():
                compiled = os.path.join(folder, lang + ".mo")
                subprocess.run(["msgfmt", "-o", compiled, os.path.join(PO, lang + ".po")], check=True, timeout=60)
                with open(compiled, "rb") as f:
                    said = gettext.GNUTranslations(f)
                for text, word in words.items():
                    with self.subTest(lang=lang, text=text):
                        self.assertIn(word, said.gettext(text))

    def test_what_is_counted(self):
        with tempfile.TemporaryDirectory() as folder:
            for lang, words in COUNTED.items():
                compiled = os.path.join(folder, lang + ".mo")
                subprocess.run(["msgfmt", "-o", compiled, os.path.join(PO, lang + ".po")], check=True, timeout=60)
                with open(compiled, "rb") as f:
                    said = gettext.GNUTranslations(f)
                for (one, many), wanted in words.items():
                    with self.subTest(lang=lang, text=one):
                        self.assertEqual([said.ngettext(one, many, n).replace("%u", "%d") % n for n in (0, 1, 2, 21)], wanted)


if __name__ == "__main__":
    unittest.main(verbosity=2)
