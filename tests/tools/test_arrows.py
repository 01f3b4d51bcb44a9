#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/arrows.py finds the arrows that the plan does not have, and lets the others pass."""
import os
import sys
import tempfile
import unittest

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "tools"))
import arrows  # noqa: E402


class Arrows(unittest.TestCase):
    def breaches(self, path, include):
        with tempfile.TemporaryDirectory() as top:
            os.makedirs(os.path.join(top, os.path.dirname(path)))
            with open(os.path.join(top, path), "w", encoding="utf-8") as f:
                f.write("#include %s\n" % include)
            return arrows.check(top)

    def test_good(self):
        for path, include in (("client/session.c", '"model/agent.h"'), ("desktop/window.c", "<adwaita.h>"),
                              ("server/voice/builtin/leg.c", '"telephony/call.h"'), ("acd/core.c", '"acd/core.h"'),
                              ("acd/core.c", "<glib.h>"), ("server/store/store.c", "<sqlite3.h>"),
                              ("desktop/desk/view.c", '"client/session.h"')):
            self.assertEqual(self.breaches(path, include), [], (path, include))

    def test_wrong(self):
        for path, include in (("model/agent.c", '"acd/core.h"'), ("client/session.c", '"desktop/window.h"'),
                              ("desktop/window.c", '"server/centre.h"'), ("desktop/window.c", '"telephony/call.h"'),
                              ("acd/core.c", "<gio/gio.h>"), ("phone/phone.c", "<gtk/gtk.h>"),
                              ("desktop/window.c", "<sqlite3.h>"), ("desktop/window.c", "<libsoup/soup.h>"),
                              ("server/api/api.c", '"telephony/call.h"'), ("demo/main.c", '"model/agent.h"'),
                              ("ctl/main.c", '"server/centre.h"'), ("cellar/rat.c", '"base/ids.h"'),
                              ("server/store/store.c", "<gst/gst.h>")):
            self.assertEqual(len(self.breaches(path, include)), 1, (path, include))

    def test_this_tree(self):
        self.assertEqual(arrows.check(os.path.join(TREE, "src")), [])


if __name__ == "__main__":
    unittest.main()
