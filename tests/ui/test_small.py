#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window as small as it may be: nothing lies over something else, before the puppet centre.

    tests/ui/test_small.py BUILD [TestCase[.method]]...
"""
import re

import cases
import uidrive
from desk import QUEUES, WEB, chat, interaction, message, offer, participation, stamp


class Small(cases.Opened):
    """A window as small as it may be."""

    def test_double_text_in_a_small_window(self):
        """What has no room scrolls: nothing lies over something else, or outside of the window."""
        size = (1024, 640)
        self.open_sized(size, scale=2.0)
        self.sign_in()
        frame = self.app.find("frame", cases.MAIN)
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
        frame = self.app.find("frame", cases.MAIN)
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
        uidrive.until(lambda: "the window is %d wide" % self.app.find("frame", cases.MAIN).extents[2],
                      lambda: 0 < self.app.find("frame", cases.MAIN).extents[2] <= 1024)


class Cards(cases.Opened):
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


if __name__ == "__main__":
    cases.main()
