# SPDX-License-Identifier: GPL-3.0-or-later
"""Every row of scenarios.py as a case of its own, before one centre: the rows are played several at a time. GUICHET_ROWS is part
of the name of those to play, GUICHET_SETS how many at once; with GUICHET_STORIES what the journal says is printed."""

import concurrent.futures
import copy
import os
import queue
import time
import unittest

import scene
import scenario
import scenarios
import scenarios_forwarded
import scenarios_hangups
import scenarios_inside
import scenarios_keys
import scenarios_numbers
import scenarios_programs
import scenarios_teams
from api import Daemon, until

SETS = int(os.environ.get("GUICHET_SETS", "6"))


def definitions():
    centre = copy.deepcopy(scene.CENTRE)
    centre["settings"].update(numbers_alone_seconds=600, recording={"internal": "on_demand", "pause_seconds": 60})
    centre["queues"], centre["entry_points"], centre["agents"] = [], [], []
    for number in range(1, SETS + 1):
        for kind in scenario.QUEUES:
            seconds = 60 if kind == "wrap" else 0
            centre["queues"].append(scene.queue(kind + str(number), ring_seconds=20, dial_out=True, caller_id="+33199000009",
                                                 wrap_up={"seconds": seconds, "required": False}))
            centre["entry_points"].append({"id": "line_%s%d" % (kind, number), "names": scene.names(kind), "language": "fr",
                                           "addresses": [scenario.number_of(kind, number)], "queue": kind + str(number)})
        far = "far%d" % number
        centre["teams"].append({"id": far, "names": scene.names("Far"), "number": scenario.outside_number("far", number), "calls": 1})
        centre["queues"][-1].update(when_unstaffed={"action": "team", "team": far, "queue": "second%d" % number})
        for entry, queue in (("far", {}), ("first", {"queue": "plain%d" % number})):
            centre["entry_points"].append({"id": "line_%s%d" % (entry, number), "names": scene.names("Far"), "language": "fr",
                                           "addresses": [scenario.far_number(entry, number)], "team": far, **queue})
        centre.setdefault("voicemail_boxes", []).append({"id": "frank%d" % number, "names": scene.names("Frank"), "agent": "frank%d" % number})
        for person in scenario.AGENTS:
            queues = {"alice": ["plain", "wrap"], "carol": ["second"]}.get(person, [])
            centre["agents"].append({"id": person + str(number), "name": person.title(), "language": "fr", "team": "counter",
                                     "number": scenario.direct_number(person, number),
                                     "role": "supervisor" if person in scenario.SUPERVISORS else "agent",
                                     "skills": [], "queues": [q + str(number) for q in queues]})
    return centre


ROWS = (scenarios.ROWS + scenarios_inside.ROWS + scenarios_numbers.ROWS + scenarios_keys.ROWS
        + scenarios_hangups.ROWS + scenarios_programs.ROWS + scenarios_forwarded.ROWS
        + scenarios_teams.ROWS)


class Table(unittest.TestCase):
    """Plays rows; cases () gives a class one case a row."""

    rows = ROWS

    @classmethod
    def configuration(cls):
        """The daemon's file."""
        return scene.CONFIG + "proxy=sip:127.0.0.1:%d\n" % cls.exchange.port

    @classmethod
    def setUpClass(cls):
        cls.exchange = scenario.Exchange()
        cls.addClassCleanup(cls.exchange.close)
        cls.daemon = Daemon(scene.BUILD, config=cls.configuration(), env={"G_DEBUG": "fatal-criticals", **scene.cheap_passwords()})
        cls.daemon.start()
        cls.addClassCleanup(cls.daemon.__exit__, None)
        centre = definitions()
        cls.daemon.apply(centre)
        for agent in centre["agents"]:
            cls.daemon.set_password(agent["id"])
        wanted = os.environ.get("GUICHET_ROWS", "")
        cls.pool = concurrent.futures.ThreadPoolExecutor(SETS)
        cls.addClassCleanup(cls.pool.shutdown)
        cls.free = queue.Queue()
        for people in list(cls.pool.map(cls.people, range(1, SETS + 1))):
            cls.free.put(people)
        cls.results = {r.name: cls.pool.submit(cls.play, r) for r in cls.rows if wanted in r.name}

    @classmethod
    def people(cls, number):
        people = scenario.Set(cls.daemon, cls.exchange, number)
        cls.addClassCleanup(people.close)
        people.begin()
        return people

    @classmethod
    def play(cls, one):
        people = cls.free.get()
        try:
            people.play(one)
        finally:
            try:
                people.rest()
            finally:
                cls.free.put(people)


class Killed(unittest.TestCase):
    """guichetd dies with its built-in engine amid a call of several: every desk is right again after two seconds."""

    STEPS = (("during_hold", "talk; alice holds"), ("during_consult", "talk; alice consults bob; bob answers"),
             ("while_a_consult_rings", "talk; alice consults bob"),
             ("after_a_refer", "talk; alice's phone refers to bob is ringing"),
             ("during_a_consult_by_the_keys", "talk; alice's phone dials bob; bob answers"),
             ("while_parked", "talk; alice parks"),
             ("during_conference", "talk; alice conferences bob; bob answers; alice conferences carol; carol answers"))

    def test_killed(self):
        daemon = Daemon(scene.BUILD, config=scene.CONFIG, env={"G_DEBUG": "fatal-criticals", **scene.cheap_passwords()})
        daemon.start()
        self.addCleanup(daemon.__exit__, None)
        daemon.apply(definitions())
        for agent in scenario.AGENTS:
            daemon.set_password(agent + "1")
        exchange = scenario.Exchange()
        self.addCleanup(exchange.close)
        for name, steps in self.STEPS:
            with self.subTest(name):
                people = scenario.Set(daemon, exchange, 1)
                people.begin()
                for step in steps.split("; "):
                    people.do(step)
                daemon.kill()
                daemon.start()
                begin = time.monotonic()
                for desk in people.desks.values():
                    desk.close()
                    shown = until(lambda d=desk: d.desk()["interactions"] == [], what=desk.agent + " out of the call")
                    self.assertTrue(shown)
                self.assertLess(time.monotonic() - begin, 20)  # two seconds, on a machine that does nothing else
                until(lambda: people.journal().endswith("closed"), what=name + ": the call closed in the journal")
                for desk in people.desks.values():
                    desk.call("DELETE", "/v1/session")
                people.close()


def case(name):
    def test(self):
        if name not in self.results:
            self.skipTest("left out by GUICHET_ROWS")
        self.results[name].result()
    return test


def cases(table):
    for row in table.rows:
        setattr(table, "test_" + row.name, case(row.name))
    return table


@cases
class Scenarios(Table):
    pass


if __name__ == "__main__":
    scene.main()
