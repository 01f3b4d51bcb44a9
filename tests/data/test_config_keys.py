#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/administration.md describes every key of the daemon's file that the code knows, and none that it does not."""
import math
import pathlib
import re
import unittest

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
CODE = (TOP / "src/server/config.c").read_text(encoding="utf-8")
TEXT = (TOP / "docs/administration.md").read_text(encoding="utf-8")


def known():
    """(group, key) of the tables in config.c, and the addresses that it reads apart."""
    keys = set(re.findall(r'^  (?:TEXT|NUMBER|PORT) \("(\w+)", "(\w+)"', CODE, re.M))
    assert '"listen"' in CODE
    return keys | {("http", "listen"), ("sip", "listen"), ("webchat", "listen"), ("webhooks", "listen")}


def described():
    """(group, key) → the default's cell, of the table; a group is named by its first row."""
    rows, group = {}, None
    section = TEXT.split("## The daemon's file", 1)[1].split("\n## ", 1)[0]
    for line in section.splitlines():
        cells = [c.strip() for c in line.split("|")][1:-1]
        if len(cells) != 3 or not cells[0].startswith("`"):
            continue
        for word in re.findall(r"`([^`]+)`", cells[0]):
            named = re.match(r"\[(\w+)\] (\w+)$", word)
            group, key = named.groups() if named else (group, word)
            rows[group, key] = cells[1]
    return rows


class Keys(unittest.TestCase):
    def test_every_key(self):
        self.assertGreater(len(known()), 10)
        self.assertEqual(sorted(described()), sorted(known()))

    def test_defaults(self):
        """A number or address that the code sets is the one in the table."""
        members = dict(re.findall(r'^  (?:NUMBER|PORT) \("\w+", "(\w+)", (\w+)', CODE, re.M))
        rows = {key: default for (_, key), default in described().items()}
        compared = 0
        for key, member in members.items():
            found = re.search(r"config->%s = ([\d *]+);" % member, CODE)
            if found:
                self.assertIn(str(math.prod(map(int, found.group(1).split(" * ")))), re.findall(r"\d+", rows[key]), key)
                compared += 1
        self.assertGreater(compared, 4)
        engine = (TOP / "src/server/voice/builtin/builtin.h").read_text(encoding="utf-8")
        for name in "CALLS", "REGISTRATIONS":
            self.assertIn(re.search(r"VOICE_DEFAULT_MAX_%s +(\d+)" % name, engine).group(1), rows["max_" + name.lower()])

    def test_trunks(self):
        """A trunk's keys stand in the example and in the words after it."""
        section = TEXT.split("A trunk is a peer", 1)[1].split("\n## ", 1)[0]
        example = section.split("```")[1]
        keys = re.findall(r'g_str_equal \(key, "(\w+)"\)', CODE)
        self.assertEqual(sorted(keys), sorted(re.findall(r"^([a-z]+)=", example, re.M)))
        for key in keys:
            self.assertIn("`%s`" % key, section)
        self.assertIn("X-Guichet-", example)

    def test_gateways(self):
        """The keys of a gateway of SMS stand in the tables of docs/channels.md."""
        code = (TOP / "src/server/channels/sms/gateway.c").read_text(encoding="utf-8")
        keys = re.findall(r'^  CONFIG_\w+ \("(\w+)"', code, re.M)
        channels = (TOP / "docs/channels.md").read_text(encoding="utf-8")
        tables = [channels.split(title, 1)[1].split("\n## ", 1)[0] for title in ("## Another gateway", "## Pictures and other files")]
        rows = [line.split("|")[1] for table in tables for line in table.splitlines() if line.startswith("| `")]
        self.assertEqual(sorted(keys), sorted(k for row in rows for k in re.findall(r"`(\w+)`", row)))

    def test_accounts(self):
        """And those of a page."""
        code = (TOP / "src/server/channels/meta/account.c").read_text(encoding="utf-8")
        keys = re.findall(r'^  CONFIG_\w+ \("(\w+)"', code, re.M)
        table = (TOP / "docs/channels.md").read_text(encoding="utf-8").split("## Facebook", 1)[1].split("\n## ", 1)[0]
        rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
        self.assertEqual(sorted(keys), sorted(k for row in rows for k in re.findall(r"`(\w+)`", row)))


if __name__ == "__main__":
    unittest.main(verbosity=2)
