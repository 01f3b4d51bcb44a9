#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The own state, queues and capacity, and the link to the centre that is away, before the puppet centre.

    tests/ui/test_states.py BUILD [TestCase[.method]]...
"""
import re

import cases
import uidrive
from desk import channel, kept, state


class States(cases.Case):
    def test_idle_reason_by_search(self):
        self.sign_in()
        self.session.key("ctrl+shift+i")
        self.app.wait("entry", "Search idle reasons").type("lun")
        self.session.key("Return")
        self.sent("PUT /v1/state", "lunch")
        self.centre.event("agent.state_changed", agent="ana", state=state("idle", "lunch"), cause="agent")
        self.app.wait(None, re.compile("Your state: Idle · Lunch"))

    def told_channels(self, *channels):
        self.centre.event("agent.state_changed", agent="ana", cause="agent", state=dict(state("available"), channels=channels))

    def test_one_channel_away(self):
        """On the button which, in its menu why, by whom and for how long; to be available is to be so on all."""
        self.sign_in()
        self.told_channels(channel("voice"), channel("webchat", "lunch", "dora", "Dora"))
        self.app.wait(None, "Your state: Available, except Web chat")
        self.session.key("ctrl+shift+i")
        self.app.wait("label", "Web chat · Idle · Lunch · set by Dora")
        self.app.wait("button", "Available").click()
        self.sent("PUT /v1/state", "available")
        self.told_channels(channel("voice"), channel("webchat"))
        self.app.wait(None, "Your state: Available")

    def test_one_channel_by_oneself(self):
        """Chosen in the menu by keyboard, also amid a call, and ended there; the menu opens for all of them."""
        self.sign_in()
        here = [channel("voice"), channel("webchat"), channel("email")]
        self.told_channels(*here)
        self.join()
        self.app.wait(None, re.compile("Your state: Engaged"))
        self.session.key("ctrl+shift+i")
        self.app.wait("label", "What you choose now takes effect when the work in hand is done.")
        self.app.wait("button", "All channels").wait_state("pressed")
        self.app.wait("entry", "Search idle reasons").wait_state("focused")
        self.session.key("shift+Tab", "shift+Tab")
        self.app.wait("button", "E-mail: Available").wait_state("focused")
        self.session.key("space")
        self.app.wait("button", "E-mail: Available").wait_state("pressed")
        self.app.wait_gone("label", "What you choose now takes effect when the work in hand is done.")
        self.app.wait("label", "E-mail: Idle, because of")
        self.session.key("Tab", "Tab")
        self.app.wait("entry", "Search idle reasons").wait_state("focused")
        self.session.type("lunch\n")
        self.sent("PUT /v1/state", '{"channel":"email","state":"idle","reason":"lunch"}')
        self.told_channels(channel("voice"), channel("webchat"), channel("email", "lunch"))
        self.session.key("ctrl+shift+i")
        self.app.wait("label", "E-mail · Idle · Lunch")
        self.app.wait("label", re.compile("^E-mail · Idle · Lunch \\d"))
        self.app.wait("button", "All channels").wait_state("pressed")
        self.app.wait("button", "E-mail: Idle").click()
        self.app.wait("button", "E-mail: Available").click()
        self.sent("PUT /v1/state", '{"channel":"email","state":"available"}')
        self.told_channels(*here)
        self.app.wait_gone("label", "E-mail · Idle · Lunch")

    def test_menu_again_at_once(self):
        """What is pressed right behind a choice in the menu is not lost while the menu closes."""
        self.sign_in()
        self.session.key("ctrl+shift+i")
        self.app.wait("entry", "Search idle reasons").wait_state("focused")
        self.session.type("lunch")
        self.app.find("entry", "Search idle reasons").wait_text("lunch")
        with self.app.stopped():
            self.session.key("Return", "ctrl+shift+i")
        self.sent("PUT /v1/state", '"reason":"lunch"')
        self.app.wait("entry", "Search idle reasons").wait_state("focused").wait_text("")

    def test_next_state_while_busy(self):
        self.sign_in()
        self.join()
        self.app.wait(None, re.compile("Your state: Engaged"))
        self.centre.event("agent.state_changed", agent="ana",
                          state=state("available", next_state={"state": "idle", "reason": "lunch"}), cause="agent")
        self.app.wait(None, re.compile("Your state: Engaged → Idle"))

    def test_rona_card(self):
        self.sign_in()
        self.centre.event("agent.state_changed", agent="ana", state=state("idle", "rona"), cause="rona")
        card = self.app.wait("alert", re.compile("^Missed contact"))
        card.find("button", "Available").click()
        self.sent("PUT /v1/state", "available")
        self.centre.event("agent.state_changed", agent="ana", state=state("available"), cause="agent")
        self.app.wait_gone("alert")

    def test_all_queues_at_once(self):
        self.sign_in()
        self.session.key("ctrl+q")
        self.app.wait("button", "Out of all queues").click()
        asked = self.sent("PUT /v1/memberships")
        self.assertIn('"all"', asked)
        self.assertIn('"out"', asked)

    def test_link_away_is_said_and_greys(self):
        self.sign_in()
        self.join()
        self.centre.ask("away")
        self.app.wait("label", re.compile("link to the centre is away"))
        hold = self.app.find("button", "Hold")
        hold.wait_state("sensitive", False)
        self.assertIn("link", hold.description)
        notes = self.app.find("text", "Notes")
        notes.type("typed meanwhile")
        self.app.wait("label", "Notes: Kept on this computer")
        self.centre.ask("back")
        self.app.wait_gone("label", re.compile("link to the centre is away"))
        self.sent("PUT /v1/participations/p1/note", "typed meanwhile")

    def write_to_ben(self):
        self.session.key("alt+3")
        self.app.wait("button", "Write to Ben").click()
        return self.app.wait("frame", "Write to Ben")

    def test_first_words_to_a_colleague_while_the_link_is_away(self):
        """They stay, over the end of their window and of the program, and go once when the centre is back."""
        self.centre.desk(colleagues=[{"id": "ben", "name": "Ben", "team": None, "presence": "ready", "reason": None, "since": None}])
        self.sign_in()
        window = self.write_to_ben()
        self.centre.ask("away")
        window.wait("label", "The centre cannot be reached. What you write is kept here.")
        window.find("text", "Message").type("Have you a minute?")
        window.find("button", "Send").wait_state("sensitive", False)
        self.session.key("Escape")
        self.app.wait_gone("frame", "Write to Ben")
        uidrive.until("it was not kept", lambda: kept(self.session, "first-words") == [("ben", "Have you a minute?")])
        self.app.proc.kill()
        self.app.proc.wait()
        self.centre.ask("back")
        self.desk.app = None
        self.sign_in()
        window = self.write_to_ben()
        window.find("text", "Message").wait_text("Have you a minute?")
        window.find("button", "Send").wait_state("sensitive").click()
        self.sent("POST /v1/im", "Have you a minute?")
        self.app.wait_gone("frame", "Write to Ben")
        self.write_to_ben().find("text", "Message").wait_text("")


class Capacity(cases.Case):
    def test_how_much_there_may_be_at_once(self):
        self.centre.desk(agent={"id": "ana", "name": "Ana Petrova", "team": "t1", "role": "agent",
                                "slots": {"voice": 1, "webchat": 5, "email": 2, "sms": 0}, "auto": {"webchat": 3, "email": 1}})
        self.sign_in()
        self.session.key("ctrl+comma")
        group = self.app.wait("list", "Your capacity")
        self.assertEqual([n.name for n in group.find_all("list item")],
                         ["Call: 1 at once", "Web chat: 5 at once; 3 come by themselves", "E-mail: 2 at once; 1 comes by itself"])


if __name__ == "__main__":
    cases.main()
