#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A customer at a real browser and an agent at the real desk, with the real guichetd between them: a picture each way.

    tests/ui/test_browser.py BUILD [TestCase[.method]]...
"""
import base64
import os
import sys
import unittest

import test_files  # first: others bring folders with files of this name
import test_features
from test_features import HERE, scene

sys.path.insert(0, str(HERE.parent / "web"))
import browser  # noqa: E402
import visitor  # noqa: E402


class Pictures(test_files.Files):
    def visitor(self):
        chromium = browser.Browser(scene.BUILD)
        self.addCleanup(chromium.close)
        page = chromium.page(locale="en-GB")
        self.addCleanup(page.close)
        one = visitor.Visitor(page)
        one.open(self.daemon.ready["webchat"] + "/chat/web")
        one.run("await at.locator('#field-0').fill('Gwen'); await at.locator('#start').click()")
        one.sees("#notice", "Please wait")
        return one

    def test_in_a_browser(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.available()
        one = self.visitor()
        self.offered()
        self.session.key("ctrl+shift+Return")
        self.field = self.app.wait("text", "Message")
        one.sees("#notice", "You are writing with Alice.")
        one.run("await at.locator('#choose').setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: Buffer.from(arg, 'base64') })",
                base64.b64encode(test_files.attachments.png(120, 80)).decode())
        one.run("await at.locator('#files li progress[hidden]').waitFor({ state: 'attached' })")
        one.write("the door")
        self.app.wait("label", "the door")
        self.app.wait("image", "door.png")
        self.choose_file("key.png", test_files.attachments.png(64, 48))
        self.app.wait("button", "Remove key.png")
        self.app.find("button", "Send").wait_state("sensitive")
        self.session.focus_window(self.app)
        self.field.focus()
        self.session.type("and the key")
        self.session.key("Return")
        one.sees(".agent .text", "and the key")
        one.run("const image = at.locator('.agent .file img:not([hidden])'); await image.waitFor();"
                "await image.evaluate((i) => i.decode()); if (await image.evaluate((i) => i.naturalWidth) !== 64) throw Error('width')")


for name in [n for n in dir(test_files.Files) if n.startswith("test_")]:
    setattr(Pictures, name, None)

if __name__ == "__main__":
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)
