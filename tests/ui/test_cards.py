#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cards of offers and their notifications before the puppet centre.

    tests/ui/test_cards.py BUILD [TestCase[.method]]...
"""
import re
import subprocess
import threading

import cases
import uidrive
from desk import interaction, offer, participation, stamp, state

SETTINGS = {"mask_numbers": False, "confirm_end": False, "auto_accept": "off"}
CONNECTING, REQUEST = re.compile("^Connecting a call"), re.compile("^Incoming call")


class Case(cases.Case):
    def offered(self, number="1", **more):
        self.centre.event("offer.created", offer=offer(number, **more), interaction=interaction(id="i" + number))

    def rings(self, number="1", **more):
        self.centre.event("offer.ringing", offer=offer(number, **more))

    def words(self, node):
        return [n.name for n in node.find_all("label", None) if n.name]

    def notice(self, pattern):
        def shown():
            return [n for n in self.session.notices.shown if re.search(pattern, n["summary"])]
        return uidrive.until(lambda: "no notice %s among %s" % (pattern, self.session.notices.shown), shown)[-1]

    def insist(self, key, text, card):
        """A key that only says something in passing, beside the card, until it was seen."""
        def said():
            self.session.key(key)
            try:
                return self.app.wait("label", text, timeout=4, where=lambda n: n not in card.find_all("label"))
            except uidrive.UIError:
                return None
        uidrive.until("it never said " + text, said)

    def scrolled_to(self, row, window):
        def in_sight():
            x, y, w, h = window.extents
            if row.extents[1] + row.extents[3] < y + h:
                return True
            self.session.scroll(x + w // 2, y + h // 2, 1)
            return False
        uidrive.until("it is below what is seen", in_sight)
        return row

    def hide(self):
        self.session.key("ctrl+w")
        return self.notice("still signed in")


class TwoStages(Case):
    """With a desk phone; the centre says when it rings."""

    def test_a_call_is_connected_then_asks_to_be_answered(self):
        self.sign_in()
        self.join()
        notes = self.app.find("text", "Notes")
        notes.type("Before ")
        self.offered("2", ringing=False)
        first = self.app.wait("alert", CONNECTING)
        self.assertEqual(first.name, "Connecting a call · Billing, Georges Lambert, Calling your desk phone…")
        for what in ("Georges Lambert", "Connecting a call · Billing", "Case number", "C-20988"):
            self.assertIn(what, self.words(first))
        self.assertEqual(first.find_all("button"), [])
        self.app.wait("label", "Billing · connecting")
        self.session.type("during ")
        self.rings("2")
        second = self.app.wait("alert", REQUEST)
        # Another alert, which a screen reader reads like the first; no longer the same one with other words.
        self.assertNotEqual(second, first)
        self.app.wait_gone("alert", CONNECTING)
        self.assertEqual(second.name, "Incoming call · Billing, Georges Lambert, Answer on your desk phone")
        self.app.wait("label", "Billing · ringing")
        self.session.type("after")
        notes.wait_text("Before during after")
        # The place is kept for the next offer, which shows nothing of this one.
        self.centre.event("offer.ended", offer="o2", interaction="i2", outcome="withdrawn", reason="customer_left", recent=None)
        self.app.wait_gone("alert")
        self.offered("3", name="Ana Popova", channel="webchat", card=[])
        third = self.app.wait("alert", "Incoming chat · Billing, Ana Popova")
        self.assertEqual({"Georges Lambert", "Case number", "C-20988", "Answer on your desk phone"} & set(self.words(third)), set())
        third.find("button", "Accept Ana Popova")
        self.assertEqual(len(self.app.find_all("alert")), 1)

    def test_a_call_that_rang_before_the_desk_came_is_a_request_at_once(self):
        self.centre.desk(offers=[offer()], interactions=[interaction()])
        self.sign_in()
        self.app.wait("alert", REQUEST)

    def test_own_calls_go_elsewhere_and_back(self):
        """It is seen in the header, said, and ended with one press; a card says whose call it was; the settings ask for it anew."""
        on = {"when": "busy", "to": "agent", "agent": "dora", "name": "Dora"}
        self.centre.desk(state={**state("available"), "forwarding": on},
                         agent={"id": "ana", "name": "Ana", "team": None, "teams": [], "role": "agent", "slots": {"voice": 1},
                                "forwarding": ["agent", "queue", "number", "voicemail"]})
        self.sign_in()
        self.app.wait("button", "Your calls go to Dora. Press to stop that").click()
        self.sent("PUT /v1/forwarding", '"when":"off"')
        self.centre.event("agent.state_changed", agent="ana", state={**state("available"), "forwarding": None}, cause="agent")
        self.app.wait_gone("button", "Your calls go to Dora. Press to stop that")
        self.offered("3", ringing=True, kind="personal", queue=None,
                     forwarded_by={"agent": "boris", "name": "Boris", "team": {"en": "Counter"}})
        card = self.app.wait("alert", REQUEST)
        self.assertIn("Incoming call · forwarded by Boris", self.words(card))
        self.session.key("ctrl+comma")
        self.app.wait("label", "Forward my calls")
        voicemail = {"when": "always", "to": "voicemail"}
        self.centre.event("agent.state_changed", agent="ana", state={**state("available"), "forwarding": voicemail}, cause="agent")
        self.app.wait("label", "My voicemail")
        self.app.wait("button", "Your calls go to your voicemail. Press to stop that")
        number = {"when": "no_answer", "to": "number", "number": "+33611223344"}
        self.centre.event("agent.state_changed", agent="ana", state={**state("available"), "forwarding": number}, cause="agent")
        self.app.wait("text", "Number of a colleague, a queue or outside", where=lambda n: n.text == "+33611223344")
        self.centre.event("agent.state_changed", agent="ana", state={**state("available"), "forwarding": on}, cause="agent")
        self.app.wait("text", "Number of a colleague, a queue or outside", where=lambda n: n.text == "Dora")
        self.scrolled_to(self.app.find("combo box", "When"), self.app.find("frame", "Settings")).mouse_click()
        self.app.wait("list item", "When I am signed out")
        self.session.key("Home", "Down", "Return")
        self.sent("PUT /v1/forwarding", '{"when":"always","to":{"agent":"dora"}}')

    def test_where_to_from_the_directory(self):
        """Who is picked has the own calls; who cannot is greyed and says why. A call in hand says whose it was."""
        on = {"when": "busy", "to": "agent", "agent": "dora", "name": "Dora"}
        self.centre.desk(state={**state("available"), "forwarding": on},
                         agent={"id": "ana", "name": "Ana", "team": None, "teams": [], "role": "agent", "slots": {"voice": 1},
                                "forwarding": ["agent", "queue", "number", "voicemail"]})
        people = [{"kind": "agent", "id": name.lower(), "name": name, "presence": {"presence": "ready", "reason": None, "since": None},
                   "favourite": False, "used": None, "actions": {"forward": verdict}}
                  for name, verdict in (("Boris", "allowed"), ("Carla", "forward_loop"))]
        for _time in range(3):  # it may be asked more than once
            self.centre.usual("GET", "/v1/directory", {"items": people, "total": 2, "complete": True})
        self.sign_in()
        self.change(self.join(), "agent", forwarded_by={"agent": "boris", "name": "Boris", "team": {"en": "Counter"}})
        self.app.wait("label", re.compile("forwarded by Boris"))
        self.session.key("ctrl+comma")
        self.app.wait("text", "Number of a colleague, a queue or outside", where=lambda n: n.text == "Dora")
        self.app.wait("button", "Choose from the directory")
        self.scrolled_to(self.app.find_all("button", "Choose from the directory")[-1], self.app.find("frame", "Settings")).mouse_click()
        self.app.wait("list item", "Carla: Goes in circles · Ready to take a call")
        self.sent("GET /v1/directory", "forward=ana")
        self.app.wait("list item", "Boris: Ready to take a call")
        self.session.key("Return")
        self.sent("PUT /v1/forwarding", '{"when":"busy","to":{"agent":"boris"}}')


class Stack(Case):
    """Several kinds at once."""

    def written(self, number, name, channel="webchat", age=0.0, **more):
        self.centre.event("offer.created", offer=offer(number, name=name, channel=channel, created_at=stamp(-age), left=120.0, **more),
                          interaction=interaction(id="i" + number, channel=channel))

    def names(self):
        """The cards from top to bottom."""
        cards = self.app.find_all("alert", re.compile("^Incoming|^Connecting"))
        return [name for card in sorted(cards, key=lambda c: c.extents[1]) for name in
                [re.search("(Anna|Boris|Carla|Denis|Elena|Fiona|Georges)", card.name).group(1)]]

    def shown(self, *names):
        uidrive.until(lambda: "the cards are %s" % self.names(), lambda: self.names() == list(names))

    def test_their_order_and_the_first_five(self):
        self.sign_in()
        self.written("1", "Boris", age=20)
        self.written("2", "Carla", age=30)
        self.offered("3", name="Georges", left=120)
        self.written("4", "Anna", channel="email")
        self.shown("Anna", "Carla", "Boris", "Georges")
        self.assertEqual(self.app.find_all("label", re.compile("of [0-9]+$")), [])
        self.written("5", "Denis", channel="facebook")
        self.written("6", "Elena", channel="instagram", age=10)
        self.written("7", "Fiona", age=5)
        self.app.wait("label", "1–5 of 7")
        self.shown("Anna", "Elena", "Denis", "Carla", "Georges")
        card = self.app.wait("alert", re.compile("^Incoming call"))
        self.assertIn("Case number", self.words(card))
        self.centre.event("offer.ended", offer="o4", interaction="i4", outcome="withdrawn", reason="customer_left", recent=None)
        self.app.wait("label", "1–5 of 6")
        self.shown("Elena", "Denis", "Carla", "Boris", "Georges")

    WHO = re.compile("Anna|Boris|Carla|Denis|Elena|Fiona|Georges")

    def tasks(self):
        """The rows of the task list from top to bottom."""
        rows = self.app.find("list", "Work in hand").find_all("list item")
        names = [self.WHO.search(" ".join(n.name for n in row.find_all("label", None) if n.name))
                 for row in sorted(rows, key=lambda r: r.extents[1])]
        return [found.group() for found in names if found]

    def listed(self, *names):
        uidrive.until(lambda: "the tasks are %s" % self.tasks(), lambda: self.tasks() == list(names))

    def in_hand(self, number, name, channel, joined):
        part = participation(id="p" + number, joined=joined)
        return interaction(part, id="i" + number, name=name, channel=channel, messages=[])

    def test_the_order_of_the_task_list(self):
        """Calls, what is written, social networks, e-mails, the newest on top; the one in work and the keyboard stay where they are."""
        self.centre.desk(interactions=[self.in_hand("1", "Anna", "email", -500), self.in_hand("2", "Boris", "webchat", -400),
                                       self.in_hand("3", "Carla", "facebook", -300), self.in_hand("4", "Denis", "sms", -200)])
        self.sign_in()
        self.session.focus_window(self.app)
        self.listed("Denis", "Boris", "Carla", "Anna")
        row = [n for n in self.app.find("list", "Work in hand").find_all("list item") if n.find_all("label", re.compile("Boris"))][0]
        row.mouse_click()
        row.wait_state("selected")
        self.session.move_mouse_away()
        self.written("5", "Elena", channel="instagram")
        self.written("6", "Fiona", age=20)
        self.listed("Fiona", "Elena", "Denis", "Boris", "Carla", "Anna")
        self.offered("7", name="Georges", left=120)
        self.listed("Georges", "Fiona", "Elena", "Denis", "Boris", "Carla", "Anna")
        row.wait_state("selected")
        row.wait_state("focused")
        self.session.key("Down")
        [n for n in self.app.find("list", "Work in hand").find_all("list item") if n.find_all("label", re.compile("Carla"))][0].wait_state("focused")
        self.session.key("ctrl+Page_Up")
        row.wait_state("selected")

    def test_nothing_comes_between_the_pointer_and_the_task_list(self):
        """What arrives while the pointer moves over it takes its place when that rests or leaves."""
        self.centre.desk(interactions=[self.in_hand("1", "Boris", "webchat", -400)])
        self.sign_in()
        self.listed("Boris")
        x, y, w, h = self.app.find("list", "Work in hand").extents
        over = []
        for step in range(400):
            over += ["mousemove", str(x + w // 2 + step % 2 * 9), str(y + h // 2), "sleep", "0.05"]
        tasks = self.app.find("list", "Work in hand")
        # On a machine that is busy for longer than a pointer rests, one of them shows it.
        for number, name in enumerate(("Anna", "Carla", "Denis", "Elena", "Fiona"), 2):
            self.session.scroll(x + w // 2, y + h // 2 + 3, 1)
            with subprocess.Popen(["xdotool", *over], env=self.session.env) as moving:
                self.written(str(number), name)
                self.app.wait("alert", re.compile("^Incoming.*" + name))
                waited = not tasks.find_all("label", name)
                moving.terminate()
            self.session.move_mouse_away()
            tasks.wait("label", name)
            if waited:
                return
        self.fail("all five came at once")

    def test_all_are_accepted_at_once_but_for_calls(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.written("1", "Boris", age=20)
        self.offered("2", name="Georges", left=120)
        self.shown("Boris", "Georges")
        self.assertEqual(self.app.find_all("button", re.compile("^Accept all")), [])
        self.written("3", "Anna", channel="email", age=10)
        self.app.wait("button", "Accept all 2").click()
        self.assertEqual(self.sent("POST /v1/offers/accept"), 'POST /v1/offers/accept {"offers":["o3","o1"]}')

    def test_those_that_failed_are_told(self):
        self.sign_in()
        self.session.focus_window(self.app)
        self.written("1", "Boris", age=20)
        self.written("2", "Anna", age=10)
        self.app.wait("button", "Accept all 2")
        self.centre.usual("POST", "/v1/offers/accept",
                          {"accepted": ["o1"], "failed": [{"offer": "o2", "reason": "offer_over"}]})
        self.session.key("ctrl+alt+Return")
        self.app.wait("label", "1 contact could not be accepted. The contact is no longer offered to you.")


class OutsideNumber(Case):
    options = {"station": "outside_number"}

    def test_both_stages_say_where_it_rings(self):
        self.sign_in()
        self.offered(ringing=False)
        card = self.app.wait("alert", re.compile("^Connecting a call .*Calling your outside number…"))
        # There is nothing to press yet; the key for answering says what is waited for.
        self.session.focus_window(self.app)
        self.insist("ctrl+shift+Return", "Calling your outside number…", card)
        self.rings()
        self.app.wait("alert", re.compile("^Incoming call .*Answer on your phone, then press 1"))


class Softphone(Case):
    """The phone of this computer, which the puppet centre never calls."""
    options = {"phone": True}

    def test_a_phone_that_never_rings_is_said_and_the_call_may_be_declined(self):
        self.sign_in()
        self.offered(left=30)
        self.app.wait("alert", re.compile("does not ring. The call will be taken back; it does not count as missed"))
        self.assertEqual(self.app.find_all("button", re.compile("^Answer")), [])
        self.app.wait("button", "Decline Georges Lambert").click()
        self.sent("POST /v1/offers/o1/decline")
        self.centre.event("offer.ended", offer="o1", interaction="i1", outcome="withdrawn", reason="unreachable", recent=None)
        self.centre.event("agent.state_changed", agent="ana", state=state("idle", "unreachable"), cause="unreachable")
        self.app.wait("label", "Georges Lambert: The phone could not be reached for a call. This does not count as missed.")
        self.app.wait("alert", re.compile("^Phone not reachable"))
        self.assertEqual(self.app.find_all("alert", CONNECTING), [])

    def test_the_centre_that_answers_by_itself_says_so(self):
        self.centre.desk(settings={**SETTINGS, "auto_accept": "on"})
        self.sign_in()
        self.session.key("ctrl+comma")
        switch = self.app.wait("check box", "Answer calls for me")
        self.assertIn("checked", switch.states)
        switch.wait_state("sensitive", False)
        self.assertEqual(switch.description, "The centre has all calls answered for you")
        self.app.find("label", "The centre has all calls answered for you")


class Toasts(Case):
    def three(self):
        notices = []
        for number, name in (("1", "Georges"), ("2", "Hélène"), ("3", "Ivan")):
            self.offered(number, name=name, left=120)
            notices.append(self.notice("^Incoming call: " + name)["id"])
        self.assertEqual(len(set(notices)), 3)
        return notices

    def test_voicemail_until_it_was_heard(self):
        self.sign_in()
        self.hide()
        left = {"id": "r1", "at": stamp(-5), "duration": 4000, "heard": False, "interaction": "i9", "number": "+33612345678",
                "name": "Chantal Dubois", "box": {"id": "night", "names": {"en": "Night"}}}
        self.centre.event("voicemail.changed", boxes=[], voicemails=[left], deleted=[])
        told = self.notice("^Voicemail Night: Chantal Dubois$")
        self.assertEqual(told["body"], "Voicemail Night: 1 new")
        self.centre.event("voicemail.changed", boxes=[], voicemails=[{**left, "heard": True}], deleted=[])
        uidrive.until("it stayed", lambda: told["id"] in self.session.notices.closed)

    def all_cards_stand(self):
        self.session.notices.open(self.notice("still signed in"))
        for name in ("Georges", "Hélène", "Ivan"):
            self.app.wait("alert", re.compile("^Incoming call .*" + name))

    def test_one_more_than_the_most_takes_back_the_oldest(self):
        self.centre.desk(settings={**SETTINGS, "toasts": {"max": 2, "seconds": 0}})
        self.sign_in()
        self.hide()
        notices = self.three()
        uidrive.until("the oldest stayed", lambda: self.session.notices.closed)
        self.assertEqual(self.session.notices.closed, notices[:1])
        self.all_cards_stand()

    def test_each_goes_after_its_time_and_the_cards_stay(self):
        self.centre.desk(settings={**SETTINGS, "toasts": {"max": 5, "seconds": 1}})
        self.sign_in()
        self.hide()
        notices = self.three()
        uidrive.until("they stayed", lambda: set(notices) <= set(self.session.notices.closed))
        self.all_cards_stand()

    def test_both_stages_are_told_in_one_place(self):
        self.sign_in()
        self.hide()
        self.offered(ringing=False)
        first = self.notice("^Connecting a call: Georges Lambert")
        self.assertEqual(set(first["actions"]) - {""}, set())
        self.rings()
        self.assertEqual(self.notice("^Incoming call: Georges Lambert")["id"], first["id"])

    def test_the_agent_switches_them_off(self):
        self.sign_in()
        self.session.key("ctrl+comma")
        switch = self.app.wait("check box", "Notify me of calls")
        self.assertIn("checked", switch.states)
        switch.click()
        switch.wait_state("checked", False)
        self.session.key("Escape")
        self.app.wait_gone("check box", "Notify me of calls")
        self.session.focus_window(self.app)
        hidden = self.hide()
        self.offered()
        self.centre.event("offer.ended", offer="o1", interaction="i1", outcome="missed", reason="no_answer", recent=None)
        self.offered("2", name="Hélène", left=120)
        self.session.notices.press(hidden, "Open the desk")
        self.app.wait("alert", re.compile("^Incoming call .*Hélène"))
        self.assertEqual([n["summary"] for n in self.session.notices.shown], [hidden["summary"]])

    def test_the_centre_switches_them_off(self):
        self.centre.desk(settings={**SETTINGS, "toasts": {"max": 0, "seconds": 5}})
        self.sign_in()
        self.session.key("ctrl+comma")
        switch = self.app.wait("check box", "Notify me of calls")
        switch.wait_state("sensitive", False)
        self.assertEqual(switch.description, "The centre has switched notifications off")


class Quiet(Case):
    """Do not disturb: cards come, notifications do not."""

    def held_back(self, disturb):
        """The window writes its size into the file of all settings when it hides: nobody else changes that meanwhile."""
        disturb(False)
        self.sign_in()
        hidden = self.hide()
        self.offered("1")
        self.session.notices.open(hidden)
        self.app.wait("alert", REQUEST)
        self.assertEqual([n for n in self.session.notices.shown if "Georges" in n["summary"]], [])
        self.session.focus_window(self.app)
        self.session.key("ctrl+w")
        uidrive.until(lambda: "the window is not hidden again", lambda: self.notice("still signed in") != hidden)
        disturb(True)
        self.notice("^Incoming call: Georges")

    def test_the_notification_service_is_inhibited(self):
        self.held_back(lambda on: self.session.notices.inhibit(not on))

    def test_gnome_shows_no_banners(self):
        self.held_back(lambda on: subprocess.run(
            ["gsettings", "set", "org.gnome.desktop.notifications", "show-banners", str(on).lower()], env=self.session.env, check=True))


class Sounds(Case):
    """What the phone is told to play."""
    options = {"phone": True}

    def setUp(self):
        super().setUp()
        self.heard, listens = [], threading.Event()
        self.monitor = subprocess.Popen(
            ["dbus-monitor", "--address", self.session.bus_address, "interface='org.guichet.Guichet.Phone',type='method_call'"],
            stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.monitor.wait)
        self.addCleanup(self.monitor.kill)
        threading.Thread(target=self.listen, args=(listens,), daemon=True).start()
        self.assertTrue(listens.wait(uidrive.TIMEOUT), "nothing is listened to")
        self.centre.ask("sip", "on")

    def listen(self, listens):
        """Names of sounds, and of the ring."""
        told = None
        for line in self.monitor.stdout:
            if "member=NameLost" in line:  # which it does to become who hears everything
                listens.set()
            if line.startswith("method call"):
                told = re.search(r"member=(\w+)", line).group(1)
            words = re.search(r'string "(\w*)"', line)
            if told == "PlaySound" and words:
                self.heard.append(words.group(1))
            elif words and words.group(1) == "ring":
                told = "ring"
            elif told == "ring" and words:
                self.heard.append("ring " + words.group(1))
                told = None

    def hears(self, what, times=1):
        uidrive.until(lambda: "not %s in %s" % (what, self.heard), lambda: self.heard.count(what) >= times)

    def choose(self, key, value):
        subprocess.run(["gsettings", "set", "org.guichet.Guichet", key, value], env=self.session.env, check=True)

    def chat_offered(self, number, channel="webchat"):
        self.centre.event("offer.created", offer=offer(number, channel=channel, left=60), interaction=interaction(id="i" + number))

    def test_each_kind_has_its_sound_and_none_while_not_to_disturb(self):
        self.sign_in()
        self.hears("ring chime")
        self.chat_offered("1")
        self.hears("bell")
        self.chat_offered("2", channel="sms")
        self.hears("wood")
        self.centre.event("voicemail.changed", boxes=[], deleted=[], voicemails=[
            {"id": "r1", "at": stamp(-5), "duration": 4000, "heard": False, "interaction": "i9", "number": None, "name": None,
             "box": {"id": "night", "names": {"en": "Night"}}}])
        self.hears("drop")
        self.session.notices.inhibit(True)
        self.hears("ring silent")
        self.chat_offered("3", channel="email")
        self.app.wait("alert", re.compile("^Incoming e-mail"))
        self.session.notices.inhibit(False)
        self.hears("ring chime", 2)
        self.session.focus_window(self.app)
        self.session.key("ctrl+comma")
        self.app.wait("combo box", "Sound of chats offered")
        self.app.find("combo box", "Sound of calls")
        # The ring tells that the window has read both, then that it would have played what it was to play.
        self.choose("sound-chat", "''")
        self.choose("sound-call", "'bell'")
        self.hears("ring bell")
        self.chat_offered("4")
        self.app.wait("label", "INCOMING · 4")
        self.choose("sound-call", "'wood'")
        self.hears("ring wood")
        self.assertEqual([h for h in self.heard if not h.startswith("ring")], ["bell", "wood", "drop"])


class CentreName(Case):
    def test_title_and_header_name_the_centre(self):
        self.sign_in()
        self.app.find("frame", "Test Centre – Guichet")
        self.app.find("label", "Test Centre")
        self.centre.desk(centre={"id": "c1", "names": {"en": "Maison Lumière", "fr": "La Maison"}})
        self.centre.event("definitions.changed")
        self.app.wait("label", "Maison Lumière")
        self.app.wait("frame", "Maison Lumière – Guichet")


if __name__ == "__main__":
    cases.main()
