# SPDX-License-Identifier: GPL-3.0-or-later
"""What supervisors write to an agent, a team, or all: who gets it, also who comes later; read, not read, deleted; restarts."""

import scene
import api


class Notices(scene.Scene):
    def define(self):
        self.centre["teams"].append({"id": "office", "names": scene.names("Office")})
        self.centre["agents"].append({"id": "dora", "name": "Dora", "role": "supervisor", "team": "office", "skills": [], "queues": ["billing"]})
        super().define()
        self.daemon.set_password("dora")

    def desk(self, name, **more):
        agent = api.Agent(self.daemon, name, "password")
        self.addCleanup(agent.close)
        agent.sign_in("outside_number", "+3592440000" + str(len(name)), **more)
        return agent.listen()

    def write(self, by, text="The trunk is down.", priority="high", **to):
        return by.post("/v1/notices", {"priority": priority, "text": text, **to})["recipients"]

    def texts(self, agent):
        return [n["text"] for n in agent.get("/v1/notices")["notices"]]

    def test_who_gets_it(self):
        alice, dora = self.desk("alice"), self.desk("dora")
        self.assertEqual(self.write(dora), 3)
        told = alice.wait("notice.changed")
        (notice,) = told["notices"]
        self.assertEqual((notice["from"], notice["audience"], notice["priority"], notice["text"], notice["read"]),
                         ({"agent": "dora", "name": "Dora"}, "all", "high", "The trunk is down.", False))
        self.assertEqual(self.write(dora, "To the counter", team="counter"), 2)
        self.assertEqual(self.write(dora, "To alice", "urgent", agent="alice"), 1)
        self.assertEqual(self.texts(alice), ["To alice", "To the counter", "The trunk is down."])
        self.assertEqual(self.texts(dora), ["The trunk is down."])
        self.assertEqual(self.texts(self.desk("bob")), ["To the counter", "The trunk is down."])
        self.assertEqual(self.refused(lambda: self.write(alice), 403, "not_allowed")["reason"], "not_supervisor")
        self.refused(lambda: self.write(dora, agent="nobody"), 422, "invalid")
        self.refused(lambda: self.write(dora, "  "), 422, "invalid")

    def test_read_and_deleted(self):
        alice, bob, dora = self.desk("alice"), self.desk("bob"), self.desk("dora")
        self.write(dora)
        (notice,) = alice.wait("notice.changed")["notices"]
        path = "/v1/notices/" + notice["id"]
        alice.put(path, {"read": True})
        alice.wait(lambda e: e["type"] == "notice.changed" and e["notices"] and e["notices"][0]["read"])
        alice.put(path, {"read": False})
        self.assertFalse(alice.get("/v1/notices")["notices"][0]["read"])
        alice.put(path, {"read": True})
        self.write(dora, "Second")
        bob.call("DELETE", path)
        self.assertEqual(bob.wait(lambda e: e["type"] == "notice.changed" and e["deleted"])["deleted"], [notice["id"]])
        self.assertEqual((self.texts(bob), self.texts(alice)), (["Second"], ["Second", "The trunk is down."]))
        self.refused(lambda: bob.put(path, {"read": True}), 404, "not_found")
        for agent in (alice, bob, dora):
            agent.close()
        self.daemon.kill()
        self.daemon.start()
        again = self.desk("alice", take_over=True)
        self.assertEqual([(n["text"], n["read"]) for n in again.get("/v1/notices")["notices"]],
                         [("Second", False), ("The trunk is down.", True)])


if __name__ == "__main__":
    scene.main()
