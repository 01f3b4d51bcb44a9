#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Room for words: buttons in large text and in long languages are not cut, before the puppet centre.

    tests/ui/test_room.py BUILD [TestCase[.method]]...
"""
import re

import cases
import uidrive
from desk import QUEUES, WEB, chat, message, offer, participation, stamp, state


class Room(cases.Opened):
    """Nothing that one presses is cut: each button's words are as wide as on a screen with room for everything."""

    words = 12  # that are met at least

    def widths(self, size, **options):
        self.open_sized(size, **options)
        self.sign_in()
        found = {}
        self.centre.event("agent.state_changed", agent="ana", state=state("idle", "rona"), cause="rona")
        self.look(found, "alert")
        self.centre.event("agent.state_changed", agent="ana", state=state("idle", "lunch", since=-30), cause="agent")
        uidrive.until("the missed card stays", lambda: not self.app.find_all("alert"))
        self.look(found, None)
        part = self.join()
        self.look(found, "text")
        self.wrap_up(part)
        self.app.wait("label", re.compile(r"\b(10|[5-9]):\d\d$"))  # left of it
        self.look(found, "text")
        self.close_within(size)
        return found

    def close_within(self, size):
        _x, _y, width, height = self.app.find("frame", cases.MAIN).extents
        self.assertLessEqual(width, size[0])
        self.assertLessEqual(height, size[1])
        self.desk.close()

    def look(self, found, role):
        """The widths of the words in buttons, once a widget of that role has come."""
        if role:
            uidrive.until("no %s came" % role, lambda: self.app.find_all(role))
        seen = []

        def still():
            widths = {}
            for name, (_x, _y, width, _height) in self.app.inside({"button", "toggle button"}, "label"):
                # not the time; not what takes all the width that there is
                if name.strip() and not re.search(r"\d:\d", name) and width < 1000:
                    widths.setdefault(name, width)
            seen.append(widths)
            return seen[-3:] == [widths] * 3
        uidrive.until(lambda: "the buttons do not stand still: %s" % seen[-3:], still, every=0.1)
        for name, width in seen[-1].items():
            found.setdefault(name, width)

    def assert_room(self, size, **options):
        wide = self.widths((2560, 1600), **options)
        tight = self.widths(size, **options)
        self.assertGreater(len(wide), self.words)
        cut = {name: (tight[name], width) for name, width in wide.items() if tight.get(name, width) < width - 1}
        self.assertEqual(cut, {})

    def test_double_text(self):
        self.assert_room((1280, 800), scale=2.0)

    def test_bulgarian_in_a_small_window(self):
        self.assert_room((1024, 640), locale="bg_BG.UTF-8")

    def test_french_in_a_small_window(self):
        self.assert_room((1024, 640), locale="fr_FR.UTF-8")


class ChatRoom(Room):
    """The same of a chat, with a card over it, which covers nothing of the field."""

    words = 8

    def widths(self, size, **options):
        self.open_sized(size, **options)
        messages = [message(1, "customer", "Здравейте"), message(2, "agent", "Добър ден"),
                    message(3, "agent", "Не тръгна", state="failed", reason="channel_failure")]
        self.centre.desk(queues=QUEUES + [WEB], messages=messages,
                         interactions=[chat(participation(joined=-125), last=3, read=2, waiting=stamp(-70))])
        self.sign_in()
        found = {}
        self.app.wait("label", "Здравейте")
        self.look(found, "text")
        self.assert_name_is_whole(options.get("scale", 1.0))
        field = self.app.find("text", re.compile("^(Message|Съобщение)$"))
        self.centre.event("offer.created", offer=offer("9", name=cases.LONG, channel="webchat", queue="web", left=120.0),
                          interaction=chat(None, "i9", cases.LONG))
        self.look(found, "alert")
        for place in (self.app.find("alert"), self.app.find("list", re.compile("."))):
            height = place.find("label", cases.LONG).extents[3]
            self.assertGreaterEqual(height, 30 * options.get("scale", 1.0), "the name has one line in %r" % place)
        card = self.app.find("alert").find("button", re.compile(cases.LONG + "$")).extents
        _x, top, _width, height = field.extents
        if card[0] + card[2] > field.extents[0] and card[0] < field.extents[0] + field.extents[2]:
            self.assertLessEqual(card[1] + card[3], top, "the card %s lies over the field %s" % (card, field.extents))
        self.assertGreater(height, 0)
        self.close_within(size)
        return found

    def assert_name_is_whole(self, scale):
        """In the chat's head a letter of it is some 9 pixels wide at 100 %."""
        name = "Ivan Petrov"
        width = max(node.extents[2] for node in self.app.find_all("label", name))
        self.assertGreaterEqual(width, 9 * scale * len(name))


if __name__ == "__main__":
    cases.main()
