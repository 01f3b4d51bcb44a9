#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files in the web chat between a real browser and a real guichetd: chosen, dropped, pasted, refused in words, sent through a
broken network and a reload, looked at and saved.

    test_files.py BUILD [CASE...]
"""
import base64
import unittest

import test_chat
import test_attachments
from browser import Browser

FILES = "arg.map(([name, mimeType, data]) => ({ name, mimeType, buffer: Buffer.from(data, 'base64') }))"
# Into the page as a person would drop or paste it.
HAND = """
await at.locator('#text').evaluate((area, [kind, files]) => {
  const data = new DataTransfer();
  for (const [name, type, text] of files) data.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, { type }));
  area.dispatchEvent(kind === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
}, arg)
"""


def setUpModule():
    Files.chromium = Browser(test_chat.BUILD)
    unittest.addModuleCleanup(Files.chromium.close)


def coded(*files):
    return [[name, kind, base64.b64encode(data).decode()] for name, kind, data in files]


class Files(test_chat.Chat):
    give, post, taken = (vars(test_attachments.Attachments)[name] for name in ("give", "post", "taken"))

    def choose(self, one, *files):
        one.run("await at.locator('#choose').setInputFiles(%s)" % FILES, coded(*files))

    def hand(self, one, kind, *files):
        one.run(HAND, [kind, coded(*files)])

    def there(self, one, n):
        """As many files are at the centre."""
        one.run("await at.locator(`#files li:nth-child(${arg}) progress[hidden]`).waitFor({ state: 'attached' })", n)

    def added(self, agent):
        return agent.wait("message.added")["message"]

    def test_both_ways(self):
        one, agent, interaction = self.talk()
        picture = test_attachments.png(40, 30)
        self.choose(one, ("photo.png", "image/png", picture), ("été.txt", "text/plain", "Bonjour\n".encode()))
        self.there(one, 2)
        one.accessible("files chosen")
        one.write("two files")
        message = self.added(agent)
        self.assertEqual([(a["name"], a["type"]) for a in message["attachments"]], [("photo.png", "image/png"), ("été.txt", "text/plain")])
        self.assertEqual(self.taken(agent, message["attachments"][0])[1], picture)
        one.run("await at.locator('.customer .file img:not([hidden])').waitFor()")
        one.gone("#files")

        _, answer = self.give(agent, interaction, test_attachments.png(80, 60), "answer.png")
        self.post(agent, interaction, "", answer)
        one.run("const image = at.locator('.agent .file img:not([hidden])'); await image.waitFor();"
                "await image.evaluate((i) => i.decode()); if (await image.evaluate((i) => i.naturalWidth) !== 80) throw Error('width')")
        saved = one.run("const [file] = await Promise.all([page.waitForEvent('download'), at.locator('.agent .file').click()]);"
                        "const chunks = []; for await (const c of await file.createReadStream()) chunks.push(c);"
                        "return [file.suggestedFilename(), Buffer.concat(chunks).toString('base64')]")
        self.assertEqual(saved, ["answer.png", base64.b64encode(test_attachments.png(80, 60)).decode()])
        one.accessible("files shown")
        one.run("await page.reload()")
        one.run("await at.locator('.customer .file').nth(1).waitFor(); await at.locator('.agent .file img:not([hidden])').waitFor()")

    def test_dropped_pasted_removed(self):
        one, agent, _ = self.talk(locale="fr-FR")
        self.hand(one, "paste", ("image.png", "image/png", test_attachments.png()))
        self.there(one, 1)
        self.hand(one, "drop", ("a.txt", "text/plain", b"a"), ("b.txt", "text/plain", b"b"))
        self.there(one, 3)
        one.click("Retirer a.txt")
        one.run("await at.locator('#files li:nth-child(3)').waitFor({ state: 'detached' })")
        one.focused("#files li:nth-child(2) button")
        one.click("Envoyer")
        self.assertEqual([a["name"] for a in self.added(agent)["attachments"]], ["image.png", "b.txt"])

    def test_refused(self):
        one, agent, _ = self.talk(locale="bg-BG")
        self.choose(one, ("holiday.png", "image/png", b"MZ" + bytes(100)))
        one.sees("#files .fault", "Програми и уеб страници не се приемат.")
        one.sees("#filed", "Програми и уеб страници не се приемат.")
        one.accessible("refused")
        one.click("Премахване на holiday.png")
        one.gone("#files")
        one.focused("#text")
        self.choose(one, ("empty.txt", "text/plain", b""))
        one.sees("#filed", "empty.txt е празен.")
        self.choose(one, *[("%d.txt" % n, "text/plain", b"x") for n in range(11)])
        one.sees("#filed", "Най-много 10 файла наведнъж.")
        self.there(one, 10)
        one.fits("ten files")
        one.click("Изпращане")
        self.assertEqual(len(self.added(agent)["attachments"]), 10)

    def test_reload_and_lost_network(self):
        """What is at the centre comes back with the draft; what is not is said to be lost; a broken link is tried again."""
        one, agent, _ = self.talk()
        self.choose(one, ("first.txt", "text/plain", b"first"))
        self.there(one, 1)
        one.run("await page.route('**/attachments', () => {})")
        self.choose(one, ("second.txt", "text/plain", b"second"))
        one.run("await at.locator('#files li:nth-child(2) progress').waitFor()")
        one.write("not yet")
        one.sees("#filed", "Please wait until the files are there.")
        one.run("await page.reload()")
        one.sees("#files li:nth-child(2) .fault", "It was not sent before the page was left.")
        one.accessible("lost")
        one.click("Remove second.txt")
        one.run("await page.unroute('**/attachments'); await page.route('**/attachments', (route) => route.abort(), { times: 2 })")
        self.choose(one, ("third.txt", "text/plain", b"third"))
        self.there(one, 2)
        one.run("await at.locator('#text').press('Enter')")
        message = self.added(agent)
        self.assertEqual((message["text"], [a["name"] for a in message["attachments"]]), ("not yet", ["first.txt", "third.txt"]))
        self.assertEqual(self.taken(agent, message["attachments"][1])[1], b"third")


for name in [n for n in dir(test_chat.Chat) if n.startswith("test_") and n not in vars(Files)]:
    setattr(Files, name, None)

if __name__ == "__main__":
    unittest.main(verbosity=2)
