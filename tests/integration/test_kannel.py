# SPDX-License-Identifier: GPL-3.0-or-later
"""SMS through Kannel itself: bearerbox, smsbox and its fake operator, with the desk's side of guichetd."""

import pathlib
import uuid

import scene
import gateway
import kannel
from api import until
from test_sms import CUSTOMER, OURS, Texts


class Real(Texts):
    """Texts' helpers; the gateway is Kannel."""

    def setUp(self):
        self.gateway = None
        folder = scene.tempfile.TemporaryDirectory(prefix="guichet-kannel-")
        self.addCleanup(folder.cleanup)
        self.kannel = kannel.Kannel(pathlib.Path(folder.name))
        self.addCleanup(self.kannel.close)
        self.config = scene.CONFIG + """[webhooks]
listen=127.0.0.1:0
[sms main]
kind=kannel
url=%s
user=guichet
password=kannel
secret=%s
""" % (self.kannel.url, gateway.SECRET)
        scene.Scene.setUp(self)
        self.kannel.start("%s/sms/main/in?secret=%s" % (self.daemon.ready["webhooks"], gateway.SECRET.replace(" ", "+")))

    def shows(self, text):
        try:
            until(lambda: (OURS, CUSTOMER, text) in self.kannel.shown()[0], what="%s on the phone" % text[:40])
        except AssertionError as e:
            raise AssertionError("%s: %s" % (e, self.kannel.raw())) from e

    def test_both_ways(self):
        agent = self.desk()
        self.kannel.phone("Bonjour là, 3 € ?", count=3)
        interaction, part = self.accepted(agent)
        until(lambda: len(self.messages(agent, interaction)) == 3, what="three messages")
        self.assertEqual({m["text"] for m in self.messages(agent, interaction)}, {"Bonjour là, 3 € ?"})
        texts = ["Bien noté : 3 € [~]", "Bien reçu", "Здравейте", "é" * 400, "ж" * 400, "€" * 100 + "x" * 60]
        for number, text in enumerate(texts, 4):
            self.send(agent, interaction, text)
            self.wait_message(agent, number, "delivered")
            self.shows(text)
        self.assertEqual([t for _, _, t in self.kannel.shown()[0]], texts)
        self.assertEqual(sorted(self.kannel.shown()[1].values()), [2, 3, 6])
        self.end(agent, interaction, part)

    def test_box_is_away(self):
        """Nothing listens where messages are handed over: they wait, and go out in order."""
        agent = self.desk()
        self.kannel.phone("Bonjour")
        interaction, _ = self.accepted(agent)
        self.kannel.stop("smsbox")
        for text in ("first", "second"):
            self.send(agent, interaction, text, key=uuid.uuid4().hex)
        agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "second")
        self.kannel.start_smsbox()
        self.wait_message(agent, 3, "delivered")
        self.shows("second")
        self.assertEqual([t for _, _, t in self.kannel.shown()[0]], ["first", "second"])

    def test_stop(self):
        agent = self.desk()
        self.kannel.phone("Bonjour")
        interaction, _ = self.accepted(agent)
        self.kannel.phone("STOP")
        self.assertEqual(agent.wait("conversation.changed")["conversation"]["refusal"], "opted_out")
        problem = self.refused(lambda: self.send(agent, interaction, "but"), 409, "not_now")
        self.assertEqual(problem["reason"], "opted_out")


def load_tests(loader, *_):
    """Those of this file alone."""
    names = [n for n in loader.getTestCaseNames(Real) if n in Real.__dict__]
    return scene.unittest.TestSuite(Real(n) for n in names)


if __name__ == "__main__":
    scene.main()
