#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The team as an agent's desk shows it, on the real guichetd: a colleague signs in by the API, takes breaks and a call, and goes.

    tests/ui/test_team.py BUILD [TestCase[.method]]...
"""
import os
import re
import sys
import unittest

import test_features
import uidrive
from test_features import scene

SOMEBODY = re.compile("^[^:]+: (Ready to take a call|Busy|On break|Signed out)")


class Team(test_features.Desk):
    station, address = "outside_number", "+35924400001"

    def define(self):
        queues = self.centre["agents"][0]["queues"]
        self.centre["teams"].append({"id": "office", "names": scene.names("Office")})
        for agent, name, team in (("zoya", "Зоя Ångström", "counter"), ("carol", "Carol", "office")):
            self.centre["agents"].append({"id": agent, "name": name, "team": team, "skills": [], "queues": queues})
        super().define()

    def team(self):
        """The lines as a screen reader says them, from top to bottom."""
        lines = self.app.find_all("list item", SOMEBODY)
        return [n.name for n in sorted(lines, key=lambda n: n.extents[1])]

    def shows(self, *lines):
        uidrive.until(lambda: "the team is %s and not %s" % (self.team(), list(lines)), lambda: self.team() == list(lines))

    def test_the_team_and_what_it_does(self):
        zoya = "Зоя Ångström: Signed out"
        app = self.sign_in()
        self.session.key("alt+3")
        self.shows("Bob: Signed out", zoya)

        bob = self.agent("bob", available=False)
        self.shows("Bob: On break · Just signed in", zoya)
        bob.available()
        self.shows("Bob: Ready to take a call", zoya)
        bob.put("/v1/memberships", {"queues": "all", "state": "paused", "reason": "lunch"})
        self.shows("Bob: On break · Lunch", zoya)
        bob.put("/v1/memberships", {"queues": "all", "state": "ready"})
        self.shows("Bob: Ready to take a call", zoya)
        customer, interaction, part = self.answered(bob)
        self.shows("Bob: Busy", zoya)
        app.wait("label", re.compile(r"^For \d+:\d\d$"))
        bob.post("/v1/interactions/%s/end" % interaction["id"])
        bob.wait_cause("wrap_up_started")
        customer.wait()
        bob.put("/v1/participations/%s/disposition" % part["id"], {"id": "solved", "revision": 0})
        bob.post("/v1/participations/%s/wrap_up/submit" % part["id"])
        self.shows("Bob: Ready to take a call", zoya)

        # The line that moves up: whoever can take a call stands first.
        other = scene.api.Agent(self.daemon, "zoya", "password")
        self.addCleanup(other.close)
        self.daemon.set_password("zoya")
        other.sign_in("outside_number", "+35924400002")
        other.listen()
        other.available()
        bob.put("/v1/state", {"state": "idle", "reason": "training"})
        self.shows("Зоя Ångström: Ready to take a call", "Bob: On break · Обучение 研修")
        bob.call("DELETE", "/v1/session")
        self.shows("Зоя Ångström: Ready to take a call", "Bob: Signed out")
        app.wait("label", re.compile("^since "))
        self.searched()

    def searched(self):
        """The keyboard is at the search already; letters of any part of a name find, without case and accents."""
        self.session.type("ANG")
        self.shows("Зоя Ångström: Ready to take a call")
        self.session.type("x")
        self.app.wait("label", "Nobody found")
        self.session.key("Escape")
        self.shows("Зоя Ångström: Ready to take a call", "Bob: Signed out")

    def test_messages_with_a_colleague(self):
        """Written from the team, answered, read, ended by the other, put away; then the other begins, which needs accepting."""
        bob = self.agent("bob", phone=False)
        app = self.sign_in()
        self.session.focus_window(app)
        self.session.key("alt+3")
        self.shows("Bob: On break · Just signed in", "Зоя Ångström: Signed out")
        self.press("Write to Bob")
        app.wait("frame", "Write to Bob").wait("text", "Message").focus()
        self.session.type("Have you a minute?")
        self.session.key("Return")
        seen = bob.wait(lambda e: e["type"] == "interaction.changed" and e["interaction"]["channel"] == "im")["interaction"]
        path = "/v1/interactions/%s/" % seen["id"]
        app.wait_gone("frame", "Write to Bob")
        self.session.focus_window(app)
        app.wait("label", "Have you a minute?")
        app.wait("label", re.compile(r"^You · \d\d:\d\d · Sent$"))
        bob.put(path + "read", {"number": 1})
        app.wait("label", re.compile(r"^You · \d\d:\d\d · Read$"))
        bob.post(path + "typing", {"on": True})
        app.wait("label", "Bob is typing…")
        bob.post(path + "messages", {"text": "For you, two"})
        app.wait("label", "For you, two")
        app.wait("label", re.compile(r"^Bob · \d\d:\d\d$"))
        bob.wait(lambda e: e["type"] == "message.changed" and e["message"]["number"] == 2 and e["message"]["state"] == "read")
        app.wait("text", "Message").focus()
        self.session.type("Thanks")
        bob.wait(lambda e: e["type"] == "conversation.typing" and e["on"])
        self.session.key("Return")
        bob.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "Thanks")
        self.assertEqual(app.find_all("button", "Notes and outcome"), [])
        bob.post(path + "end")
        app.wait("label", "This exchange of messages has ended.")
        app.wait_gone("text", "Message")
        self.press("Mark done")
        app.wait_gone("label", "Have you a minute?")

        self.centre["settings"]["im_acceptance"] = True
        self.daemon.apply(self.centre)
        bob.post("/v1/im", {"to": "alice", "text": "And you?"})
        app.wait("alert", re.compile("^Writes to you, Bob"))
        self.session.key("ctrl+shift+Return")
        app.wait("label", "And you?")
        app.wait("text", "Message")
        self.session.key("ctrl+shift+e", "ctrl+shift+e")
        bob.wait(lambda e: e["type"] == "interaction.changed" and e["interaction"]["customer_left"]
                 and e["interaction"]["id"] != seen["id"])
        app.wait("button", "Mark done")
        self.session.key("ctrl+shift+e")
        app.wait_gone("label", "And you?")

    def look_up(self, text, *lines):
        """What is typed in the directory's search finds these and no others."""
        self.app.wait("entry", "Search the directory").focus()
        self.session.key("ctrl+a")
        self.session.type(text)

        def found():
            return [n.name for n in self.app.find_all("list item", re.compile(": "))]
        uidrive.until(lambda: "found %s and not %s" % (found(), list(lines)), lambda: found() == list(lines))

    def test_the_directory(self):
        """Found in another alphabet, live, a favourite, a speed dial of one's own; called where calls may be made, and not otherwise."""
        self.centre["queues"][0]["dial_out"] = True
        self.centre["contacts"] = [{"id": "lab", "name": "Жорж Лабов", "organisation": "Лаборатория", "numbers": ["+35929811111"]}]
        self.centre["speed_dials"] = [{"id": "taxi", "names": scene.names("Taxi"), "number": "+359291119"}]
        self.daemon.apply(self.centre)
        app = self.sign_in()
        self.session.focus_window(app)
        self.session.key("ctrl+shift+f")
        app.wait("button", "Call Taxi")
        self.look_up("zoia", "Зоя Ångström: Signed out · Counter")
        self.look_up("zhor", "Жорж Лабов: Лаборатория · +35929811111")
        self.look_up("bob", "Bob: Signed out · Counter")
        bob = scene.api.Agent(self.daemon, "bob", "password")
        self.addCleanup(bob.close)
        bob.sign_in("outside_number", "+35924400002")
        bob.listen()
        bob.available()
        app.wait("list item", "Bob: Ready to take a call · Counter")
        app.wait("label", re.compile(r"^For \d+:\d\d$"))
        self.session.key("Return")
        app.wait("button", "Make it a favourite")
        app.find("button", "Make it a favourite").click()
        app.wait_gone("button", "Make it a favourite")
        self.session.key("Return")
        app.wait("button", "No longer a favourite")
        self.session.key("Escape")
        app.wait_gone("button", "No longer a favourite")
        self.look_up("count", "Counter: Team · 1 of 2 free")
        # The numbers alone; then one of one's own.
        app.find("button", "Add a speed dial").click()
        app.wait("text", "Name").set_text("Мама")
        app.find("text", "Number").set_text("tea")
        app.find("button", "Save").click()
        app.wait("label", "It needs a name and a number.")
        app.find("text", "Number").set_text("02 / 981 44 17")
        app.find("button", "Save").click()
        app.wait("button", "Call Мама")
        self.look_up("mama", "Мама: Speed dial · 029814417")
        # Written to from here: the words are shown on the desk.
        self.look_up("bob", "Bob: Ready to take a call · Counter")
        self.session.key("Return")
        app.wait("button", "Write a message").click()
        app.wait("frame", "Write to Bob")

    def test_another_team(self):
        """Chosen in the settings; the page of the team follows."""
        self.centre["agents"] = [dict(a, teams=["office"]) if a["id"] == "alice" else a for a in self.centre["agents"]]
        self.daemon.apply(self.centre)
        self.sign_in()
        self.session.key("alt+3")
        self.shows("Bob: Signed out", "Зоя Ångström: Signed out")
        self.session.key("ctrl+comma")
        self.app.wait("combo box", "Team").mouse_click()
        self.app.wait("list item", "Office")
        self.session.key("End", "Return")
        uidrive.until(lambda: "no other team", lambda: self.events("agent.team_changed"))
        self.app.wait_gone("list item", "Counter")  # the choices close before what they are about
        self.session.key("Escape")
        self.app.wait_gone("combo box", "Team")
        self.shows("Carol: Signed out")

    def test_nobody_else(self):
        """The last of a team: the page says so."""
        self.centre["agents"] = [dict(a, team="office" if a["id"] != "alice" else "counter") for a in self.centre["agents"]]
        self.daemon.apply(self.centre)
        self.sign_in()
        self.session.key("alt+3")
        self.app.wait("label", "Nobody else in your team")
        # And as soon as there is somebody, there he is.
        self.centre["agents"] = [dict(a, team="counter") if a["id"] == "bob" else a for a in self.centre["agents"]]
        self.daemon.apply(self.centre)
        self.shows("Bob: Signed out")


def main():
    test_features.BUILD = scene.BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build"
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
