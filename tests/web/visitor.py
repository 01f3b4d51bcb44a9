# SPDX-License-Identifier: GPL-3.0-or-later
"""A visitor of the chat: what one does and sees on the page, whichever centre is behind it."""

# Every rule of axe that a machine can hold a page against, and 7:1 for text.
_AXE = """
const found = [];
for (const frame of page.frames()) {
  if (!await frame.evaluate(() => 'axe' in window)) await frame.evaluate(axe);
  const { violations, passed } = await frame.evaluate(async () => {
    const { violations, passes } = await axe.run(document, { iframes: false, resultTypes: ['violations'],
      rules: { 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } } });
    return { violations, passed: passes.length };
  });
  if (passed < 10) found.push(`only ${passed} rules had something to look at`);
  found.push(...violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary}`)));
}
return found;
"""


class Visitor:
    """A page of the chat, alone or (frame) in the frame of a site."""

    def __init__(self, page, framed=False):
        self.page = page
        self.at = "page.frameLocator('iframe')" if framed else "page"

    def run(self, code, arg=None):
        return self.page.run("const at = %s; %s" % (self.at, code), arg)

    def open(self, url):
        self.run("await page.goto(arg)", url)

    def fill(self, label, text):
        self.run("await at.getByLabel(arg[0]).fill(arg[1])", [label, text])

    def click(self, name):
        self.run("await at.getByRole('button', { name: arg, exact: true }).click()", name)

    def press(self, key):
        self.run("await page.keyboard.press(arg)", key)

    def sees(self, selector, text):
        """Waits until the one element with the selector has the text in it."""
        self.run("await at.locator(arg[0]).filter({ hasText: arg[1] }).first().waitFor()", [selector, text])

    def notice(self, text):
        """Waits until this and nothing else is said above the messages."""
        self.run("await at.locator('#notice').filter({ hasText: new RegExp(`^${arg.replaceAll('.', '[.]')}$`) }).waitFor()", text)

    def gone(self, selector):
        self.run("await at.locator(arg).first().waitFor({ state: 'hidden' })", selector)

    def write(self, text):
        self.run("await at.locator('#text').fill(arg); await at.locator('#text').press('Enter')", text)

    def messages(self, kind=""):
        """The texts shown, in their order."""
        return self.run("return at.locator(arg).allInnerTexts()", ".message%s .text" % kind)

    def count(self, wanted, kind=""):
        """Waits for as many messages."""
        self.run("await at.locator(`:nth-match(${arg[0]}, ${arg[1]})`).waitFor()", [".message" + kind, wanted])

    def marks(self):
        return self.run("return at.locator('.mark').allInnerTexts()")

    def focused(self, selector):
        self.run("await at.locator(`${arg}:focus`).waitFor()", selector)

    def kept(self):
        """What the browser keeps for the page."""
        return self.run("return at.locator('body').evaluate(() => ({ ...localStorage }))")

    def accessible(self, where):
        found = self.page.run(_AXE)
        assert not found, "%s: %s" % (where, "\n".join(found))

    def fits(self, where):
        """Nothing is wider than the window."""
        wide = self.run("return at.locator('body').evaluate(() => document.documentElement.scrollWidth - innerWidth)")
        assert wide <= 0, "%s: %d pixels too wide" % (where, wide)

    def picture(self, path):
        self.page.run("await page.screenshot({ path: arg })", path)
