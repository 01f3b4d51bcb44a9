#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk for everybody: by keyboard alone, by a screen reader, in large text and long words, before the puppet centre.

    tests/ui/test_access.py BUILD [TestCase[.method]]...
"""
import os
import re
import subprocess
import sys
import unittest

import uidrive
from desk import QUEUES, Desk, interaction, offer, participation, stamp, state
from test_chats import WEB, chat, message
from test_desk import CONTROLS, INSIDES

BUILD = "build"
LONG = "Konstantina Papadopoulou-Wilkinson"
MAIN = re.compile("Guichet$")  # the window is named after the centre
ORDER = ["Your state", "Your queues", "Desk", "Activity", "Main menu", "Hold", "Keypad", "End", "Notes", "Disposition",
         "Add a tag", "Customer", "History", "Case number", "Contract", "Reveal IBAN"]


class Case(unittest.TestCase):
    def open(self, **options):
        self.desk = Desk(BUILD, **options)
        self.addCleanup(self.desk.close)
        self.centre, self.session = self.desk.centre, self.desk.session

    def open_sized(self, size, **options):
        self.open(size=size, **options)
        subprocess.run(["gsettings", "set", "org.guichet.Guichet", "window-size", "(%d, %d)" % size], env=self.session.env,
                       check=True, timeout=uidrive.TIMEOUT)

    def sign_in(self):
        """Whatever the language: three fields, then Return."""
        self.app = self.desk.open()
        fields = uidrive.until("no fields to sign in with", lambda: [n for n in self.app.find_all("text") if "editable" in n.states])
        for field, value in zip(fields, (self.centre.url, "ana", "secret")):
            field.set_text(value)
        fields[2].focus()
        self.session.key("Return")
        uidrive.until("the desk did not come", lambda: len(self.app.find_all("page tab")) >= 2)

    def join(self, **more):
        part = participation(**more)
        self.centre.event("offer.created", offer=offer("1", name="Mireille Perrin"), interaction=interaction())
        self.centre.event("offer.ended", offer="o1", interaction="i1", outcome="accepted", reason="station", recent=None)
        self.change(part, "joined")
        return part

    def change(self, part, cause, **more):
        self.centre.event("interaction.changed", interaction=interaction(part, **more), cause=cause)

    def wrap_up(self, part):
        part.update(state="wrap_up", state_since=stamp(), left_at=stamp(),
                    wrap_up={"started_at": stamp(), "deadline": stamp(600), "extendable": True, "extended": False})
        self.change(part, "wrap_up_started")

    def focused(self):
        """What has the keyboard: its name, or its role if it has none (a row of a list is read by what is in it)."""
        for _depth, _node, role, states, name in self.app.walk():
            if "focused" in states:
                return name or role
        return ""

    def wait_focus(self, name):
        pattern = re.compile(name)
        uidrive.until(lambda: "the focus is on %r, not %r" % (self.focused(), name), lambda: pattern.search(self.focused()))

    def assert_named(self, where):
        nameless = []
        for node in self.app.find_all(CONTROLS):
            name = node.name
            if name not in INSIDES and (not name or re.match("^(Gtk|Adw|Guichet)[A-Z]", name)):
                if not node.find_all("label", re.compile("[^ ]")):
                    nameless.append("%s %r" % (node.role, name))
        self.assertEqual(nameless, [], where)


class Keyboard(Case):
    def test_tab_goes_in_the_order_of_reading(self):
        self.open()
        self.sign_in()
        self.join()
        self.app.wait("button", "End")
        self.app.wait("button", "Reveal IBAN")
        self.session.key("ctrl+n")
        self.wait_focus("^Notes")
        met = []
        while len(met) < 60 and not (len(met) > 3 and met[-1].startswith("Notes")):
            before = self.focused()
            self.session.key("Tab")
            uidrive.until("Tab does not leave %s" % before, lambda now=before: self.focused() not in ("", now))
            met.append(self.focused())
        self.assertTrue(met[-1].startswith("Notes"), met)
        at = [next((i for i, name in enumerate(met) if name.startswith(wanted)), None) for wanted in ORDER]
        self.assertNotIn(None, at, dict(zip(ORDER, at)) | {"met": met})
        start = ORDER.index("Notes") + 1
        turned = at[start:] + at[:start]  # it began behind the notes
        self.assertEqual(turned, sorted(turned), met)

    def test_details_by_keyboard_in_a_narrow_window(self):
        self.open(size=(1024, 640))
        self.sign_in()
        self.join()
        self.app.wait("button", "Details")
        self.session.key("ctrl+i")
        self.wait_focus("^Back to the call")
        self.app.wait("text", "Case number")
        self.session.key("Return")
        self.wait_focus("^Details")
        self.app.wait("text", "Notes")
        self.session.key("Return")
        self.wait_focus("^Back to the call")
        self.session.key("ctrl+n")
        self.wait_focus("^Notes")

    def test_escape_closes_each_popover_and_window(self):
        self.centre_confirms()
        for keys, role, name in (("ctrl+q", "button", "Out of all queues"), ("ctrl+shift+i", "entry", "Search idle reasons"),
                                 ("F10", "menu item", None), ("ctrl+k", "button", "Star"),
                                 ("ctrl+d", "entry", "Search dispositions"), ("ctrl+t", "entry", "Search tags"),
                                 ("ctrl+shift+e", "button", "End the call"), ("F1", "entry", "Search shortcuts"),
                                 ("ctrl+comma", "combo box", "Colours")):
            self.session.focus_window(title=self.app.find("frame", MAIN).name)
            self.session.key(keys)
            self.app.wait(role, name)
            if keys in ("ctrl+k", "F1"):  # test_desk.py looks at the others
                self.assert_named(keys)
            self.session.key("Escape")
            self.app.wait_gone(role, name)

    def test_windows_about_chats_are_named_and_closed_by_escape(self):
        self.open()
        self.centre.desk(queues=QUEUES + [WEB], messages=[message(1, "customer", "Hello")],
                         agent={"id": "ana", "name": "Ana Petrova", "team": "t1", "role": "agent", "slots": {"voice": 1, "webchat": 3}},
                         colleagues=[{"id": "ben", "name": "Ben", "team": None, "presence": "ready", "reason": None, "since": None}],
                         interactions=[chat(participation(joined=-125), last=1)])
        self.sign_in()
        self.app.wait("text", "Message")
        for keys, role, name in (("ctrl+o", "button", "Resolved"), ("ctrl+f", "entry", "Search everything"),
                                 ("ctrl+shift+f", "button", "Call Taxi"), ("ctrl+alt+n", "button", "Call"),
                                 ("ctrl+shift+t", "entry", "Transfer to"), ("ctrl+shift+o", "entry", re.compile("^Whom to ")),
                                 ("ctrl+shift+m", "entry", re.compile("^Whom to "))):
            self.session.focus_window(title=self.app.find("frame", MAIN).name)
            self.session.key(keys)
            self.app.wait(role, name)
            self.assert_named(keys)
            self.session.key("Escape")
            self.app.wait_gone(role, name)
        # What else can be done with who cannot have it now.
        self.session.focus_window(title=self.app.find("frame", MAIN).name)
        self.session.key("ctrl+shift+t")
        self.app.wait("list item", re.compile("^Bob: .* · On break · Lunch"))
        self.session.key("Menu")
        self.app.wait("button", "Consult")
        self.assert_named("the menu of one of the directory")
        self.assertIn("sensitive", self.app.find("button", "Write a message").states)
        self.assertNotIn("sensitive", self.app.find("button", "Transfer").states)
        self.session.key("Escape")
        self.app.wait_gone("button", "Consult")
        self.session.key("Escape")
        self.app.wait_gone("entry", "Transfer to")
        self.session.focus_window(title=self.app.find("frame", MAIN).name)
        self.session.key("ctrl+r")
        self.app.wait("button", "Manage replies…").click()
        self.app.wait("frame", "Canned replies")
        self.session.focus_window(title="Canned replies")
        self.assert_named("replies")
        self.session.key("Escape")
        self.app.wait_gone("frame", "Canned replies")
        self.session.focus_window(title=self.app.find("frame", MAIN).name)
        self.session.key("alt+3")
        self.app.wait("button", "Write to Ben").click()
        self.app.wait("frame", "Write to Ben")
        self.session.focus_window(title="Write to Ben")
        self.assert_named("write to a colleague")
        self.session.key("Escape")
        self.app.wait_gone("frame", "Write to Ben")

    def centre_confirms(self):
        self.open()
        self.centre.desk(settings={"mask_numbers": False, "confirm_end": True, "auto_accept": "off"})
        self.sign_in()
        self.join()
        self.app.wait("button", "End")

    def test_about(self):
        self.open()
        self.sign_in()
        self.app.choose("About Guichet")
        self.app.wait("label", "The Guichet developers")
        self.assertTrue(self.app.find_all(None, re.compile(r"^\d+\.\d+\.\d+")), "no version")
        self.assert_named("about")
        self.session.key("Escape")
        self.app.wait_gone("label", "The Guichet developers")


class Room(Case):
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
        _x, _y, width, height = self.app.find("frame", MAIN).extents
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
        self.centre.event("offer.created", offer=offer("9", name=LONG, channel="webchat", queue="web", left=120.0),
                          interaction=chat(None, "i9", LONG))
        self.look(found, "alert")
        for place in (self.app.find("alert"), self.app.find("list", re.compile("."))):
            height = place.find("label", LONG).extents[3]
            self.assertGreaterEqual(height, 30 * options.get("scale", 1.0), "the name has one line in %r" % place)
        card = self.app.find("alert").find("button", re.compile(LONG + "$")).extents
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


class Small(Case):
    """A window as small as it may be."""

    def test_double_text_in_a_small_window(self):
        """What has no room scrolls: nothing lies over something else, or outside of the window."""
        size = (1024, 640)
        self.open_sized(size, scale=2.0)
        self.sign_in()
        frame = self.app.find("frame", MAIN)
        uidrive.until(lambda: "without work it is %d high" % frame.extents[3], lambda: 0 < frame.extents[3] <= size[1])
        told = {"id": "n1", "at": stamp(-60), "audience": "all", "priority": "urgent", "text": "paris", "read": False,
                "service": {"kind": "node", "name": "paris", "back_at": None}}
        self.centre.event("notice.changed", notices=[told], deleted=[])
        banner = self.app.wait("label", re.compile("^Urgent"))
        own = participation()
        others = [participation(id="p%d" % i, agent="a%d" % i, name="Agent %d" % i, role="conferenced") for i in (2, 3, 4)]
        recording = {"state": "paused", "until": stamp(600), "record": "always", "may_pause": True, "may_extend": True}
        call = interaction(own, participations=[own, *others], recording=recording)
        self.centre.event("interaction.changed", interaction=call, cause="joined")
        end = self.app.wait("button", "End for all")
        name = max(self.app.find_all("label", "Mireille Perrin"), key=lambda n: n.extents[0])
        uidrive.until(lambda: "the name at %s lies over the banner at %s" % (name.extents, banner.extents),
                      lambda: name.extents[1] >= banner.extents[1] + banner.extents[3])
        uidrive.until(lambda: "the button at %s is outside" % (end.extents,), lambda: end.extents[0] + end.extents[2] <= size[0])
        what = self.app.wait("label", re.compile(r" · \+33199001204$"))
        uidrive.until(lambda: "the number is cut in %s" % (what.extents,), lambda: what.extents[2] >= 300)
        self.session.focus_window(title=frame.name)
        self.session.key("ctrl+d")
        search = self.app.wait("entry", "Search dispositions")
        uidrive.until(lambda: "the choices at %s are outside" % (search.extents,),
                      lambda: 0 < search.extents[1] < size[1] and search.extents[0] < size[0])
        self.session.key("Escape")
        self.app.wait_gone("entry", "Search dispositions")

    def test_the_card_of_an_own_call_leaves_the_call_free(self):
        """Where there is no room it says whom and takes the call back; the rest stands in the call."""
        self.open_sized((1024, 640), scale=2.0)
        self.sign_in()
        self.change(participation("dialling", joined=0, rings="station"), "dialling", direction="out", origin="direct")
        card = self.app.wait("alert", re.compile("^Outbound call .* Your own phone rings first"))
        uidrive.until(lambda: "it says %s" % [n.name for n in card.find_all("label")],
                      lambda: [n.name for n in card.find_all("label")] == ["Mireille Perrin", "Outbound call · Billing", "Cancel"])
        said = self.app.wait("label", re.compile("^Your own phone rings first"))
        uidrive.until(lambda: "the card at %s lies over what is said at %s" % (card.extents, said.extents),
                      lambda: card.extents[1] >= said.extents[1] + said.extents[3])

    def test_long_words_in_double_text(self):
        """The pages of the pane beside a chat, and the bar of a supervisor who listens, leave the window as small."""
        size = (1024, 640)
        self.open_sized(size, locale="fr_FR.UTF-8", scale=2.0)
        said = [message(1, "customer", "Bonjour"), message(2, "agent", "Perdu", state="failed", reason="channel_failure")]
        self.centre.desk(queues=QUEUES + [WEB], messages=said, interactions=[chat(participation(joined=-125), last=2)],
                         agent={"id": "ana", "name": "Ana", "team": None, "teams": [], "role": "supervisor", "languages": ["fr"],
                                "slots": {"voice": 1, "webchat": 3}, "auto": {"voice": 1}})
        self.sign_in()
        self.app.wait("label", "La liaison avec le client a échoué.")
        mine = participation(id="p79", role="supervising", supervision={"mode": "listen", "agent": "ben", "name": "Ben Martin"})
        led = participation(id="p71", agent="ben", name="Ben Martin")
        self.centre.event("interaction.changed", interaction=interaction(id="i71", participations=[led, mine]), cause="connected")
        self.app.wait("button", "Arrêter l’écoute")
        self.session.settle(timeout=3)
        frame = self.app.find("frame", MAIN)
        uidrive.until(lambda: "the window is %s" % (frame.extents,),
                      lambda: 0 < frame.extents[2] <= size[0] and 0 < frame.extents[3] <= size[1])

    def test_views_of_a_supervisor_leave_the_window_narrow(self):
        """One view more, and counts beside it: their names go below the icons before the window grows."""
        self.open_sized((1024, 640), locale="fr_FR.UTF-8")
        told = {"id": "n1", "at": stamp(-60), "from": {"agent": "dora", "name": "Dora"}, "audience": "all", "priority": "normal",
                "text": "Bonjour", "read": False}
        self.centre.desk(notices=[told], agent={"id": "ana", "name": "Ana", "team": None, "teams": [], "role": "supervisor",
                                                "languages": ["fr"], "slots": {"voice": 1}, "auto": {"voice": 1}})
        self.sign_in()
        uidrive.until("the views are not seen", lambda: len(self.app.find_all("page tab")) >= 4)
        uidrive.until(lambda: "the window is %d wide" % self.app.find("frame", MAIN).extents[2],
                      lambda: 0 < self.app.find("frame", MAIN).extents[2] <= 1024)


class Cards(Case):
    def test_many_cards_leave_the_window_to_the_work(self):
        self.open(size=(1024, 640))
        self.sign_in()
        for i in range(2, 8):
            self.centre.event("offer.created", offer=offer(str(i), name="Caller %d" % i, left=120),
                              interaction=interaction(id="i%d" % i))
        self.app.wait("alert", re.compile("Caller 7"))
        self.app.wait("alert", re.compile("Caller 7")).wait("label", "C-20988")
        upper = self.app.wait("alert", re.compile("Caller 2"))
        upper.wait_gone("label", "C-20988")
        uidrive.until(lambda: "the cards begin at %d" % upper.extents[1], lambda: upper.extents[1] >= 100)


def main():
    global BUILD
    BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else BUILD
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
