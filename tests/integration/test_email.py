# SPDX-License-Identifier: GPL-3.0-or-later
"""E-mail by real servers, Dovecot and Exim: in and out, threads, what is left aside, what comes back, servers that are away, kills."""

import os
import socket
import threading

import scene
import mail
from mails import Mails


class Email(Mails):
    # --- the whole way -------------------------------------------------------------------------

    def test_whole(self):
        agent = self.desk()
        first = self.write("Здравейте,\nстолът е счупен.", subject="Счупен стол")
        offer = agent.wait("offer.created")
        self.assertEqual((offer["offer"]["channel"], offer["offer"]["customer"]["name"], offer["offer"]["subject"]),
                         ("email", "Ana Popova", "Счупен стол"))
        agent.post("/v1/offers/%s/accept" % offer["offer"]["id"])
        interaction = agent.wait_cause("joined")["interaction"]
        self.assertGreaterEqual(interaction["conversation"]["limits"]["text"], 20000)
        self.assertEqual(interaction["conversation"]["subject"], "Re: Счупен стол")
        (message,) = self.messages(agent, interaction)
        self.assertEqual((message["text"], message["subject"], message["author"], message["state"]),
                         ("Здравейте,\nстолът е счупен.", "Счупен стол", "customer", "received"))
        mail.wait_for("the mail to be marked as read", lambda: self.servers.seen("shop") == 1)

        answer = self.send(agent, interaction, "Добър ден,\nще го сменим.")
        self.assertEqual((answer["state"], answer["subject"]), ("pending", "Re: Счупен стол"))
        self.changed(agent, "sent", 2)
        (got,) = self.servers.wait_mails("ana", 1)
        self.assertEqual(got["Subject"], "Re: Счупен стол")
        self.assertEqual(got["From"].addresses[0].addr_spec, "shop@centre.example")
        self.assertEqual(got["From"].addresses[0].display_name, "Shop, post")
        self.assertEqual(got["To"].addresses[0].addr_spec, "ana@customers.example")
        self.assertEqual((got["In-Reply-To"], got["References"]), ("<%s>" % first, "<%s>" % first))
        self.assertEqual(got["Return-path"], "<shop@centre.example>")
        self.assertIn("format", got["Content-Type"].params)
        lines = got.get_content().split("\n")
        self.assertEqual(lines[:2], ["Добър ден,", "ще го сменим."])
        self.assertRegex(lines[3], r"^\d{4}-\d\d-\d\d \d\d:\d\d UTC, Ana Popova <ana@customers.example>:")
        self.assertEqual(lines[4:6], ["> Здравейте,", "> столът е счупен."])

        quoted = "\n".join("> " + line for line in lines if line)
        ours = got["Message-ID"].strip("<>")
        self.write("Благодаря!\n\nOn 21 Nov 2026 at 10:15, Shop wrote:\n" + quoted, subject="Re: Счупен стол",
                   more="In-Reply-To: <%s>\nReferences: <%s> <%s>\n" % (ours, first, ours))
        third = self.added(agent, 3)
        self.assertTrue(third["text"].startswith("Благодаря!\n\n> On 21 Nov 2026"))
        self.assertTrue(all(line.startswith(">") for line in third["text"].split("\n")[2:]))
        self.wait_status(received=2)
        self.write("3782 822463 10005", subject="4111 1111 1111 1111", more="In-Reply-To: <%s>\n" % ours)
        fourth = self.added(agent, 4)
        self.assertEqual((fourth["text"], fourth["subject"], fourth["masked"]), ("•••• •••• •••• 0005", "•••• •••• •••• 1111", True))
        self.assertNotIn("счупен", str(self.daemon.journal(interaction["id"])))
        log = self.daemon.read_log()
        self.assertNotIn(mail.PASSWORD, log)
        self.assertNotIn("ana@", log)

    def test_private(self):
        """What agents write for each other is in no mail: neither as one, nor quoted, nor referred to."""
        agent = self.desk()
        first = self.write("my question", subject="A question")
        interaction = self.taken(agent)
        path = "/v1/interactions/%s/messages" % interaction["id"]
        note = agent.post(path, {"text": "secret", "private": True})["message"]
        self.assertNotIn("subject", note)
        self.refused(lambda: agent.post(path, {"text": "secret", "private": True, "subject": "x"}), 422, "invalid")
        self.assertEqual(self.send(agent, interaction, "my answer")["subject"], "Re: A question")
        self.changed(agent, "sent", 3)
        (got,) = self.servers.wait_mails("ana", 1)
        self.assertEqual(got["References"], "<%s>" % first)
        self.assertNotIn("secret", got.as_string())
        self.assertIn("> my question", got.get_content())

    def test_threads(self):
        """Each subject is a conversation of its own; an answer comes back to its own, from whatever address."""
        agent = self.desk()
        one = self.write("first", subject="One")
        first = self.taken(agent)
        self.write("second", subject="Two", sender="ANA@customers.example")
        second = self.taken(agent)
        self.assertNotEqual(first["conversation"]["id"], second["conversation"]["id"])
        self.write("more", subject="Re: One", more="References: <%s>\n" % one)
        self.assertEqual(self.added(agent, 2)["conversation"], first["conversation"]["id"])
        self.send(agent, second, "answer")
        (got,) = self.servers.wait_mails("ana", 1)
        self.write("from home", subject="Re: Two", sender="home@private.example", name="A",
                   more="In-Reply-To: %s\n" % got["Message-ID"])
        message = agent.wait(lambda e: e["type"] == "message.added" and e["message"]["text"] == "from home")["message"]
        self.assertEqual((message["conversation"], message["from"]), (second["conversation"]["id"], "home@private.example"))
        # A stranger who guesses at the id of somebody's mail writes into nobody's conversation.
        self.write("stranger", subject="Re: One", sender="eve@evil.example", name="Eve",
                   more="References: <%s> <m1.1.000000000000000000000000@centre.example>\n" % one)
        third = self.taken(agent)
        self.assertNotIn(third["conversation"]["id"], (first["conversation"]["id"], second["conversation"]["id"]))
        self.send(agent, third, "hello", subject="About something else")
        self.changed(agent, "sent", 2)

    def test_once(self):
        agent = self.desk()
        id = self.write("only once")  # noqa: A001
        interaction = self.taken(agent)
        self.write("only once", id=id)
        self.write("another way", id=id, to="orders@centre.example")
        self.write("the next", more="References: <%s>\n" % id)
        self.added(agent, 2)
        self.assertEqual(self.texts(agent, interaction), ["only once", "the next"])
        self.wait_status(received=4)

    def test_attachments(self):
        agent = self.desk()
        text = "\n".join([
            "", "--B", "Content-Type: text/html; charset=utf-8", "", "<p>See <a href='https://x.example/a'>this</a>"
            "<script>bad()</script><img src='https://spy.example/p.gif'></p>",
            "--B", "Content-Type: text/plain; name=note.txt", "Content-Disposition: attachment; filename=note.txt", "", "a note",
            "--B", "Content-Type: application/octet-stream; name=evil.exe", "Content-Disposition: attachment",
            "Content-Transfer-Encoding: base64", "", "TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAA=", "--B--"])
        self.servers.deliver("From: ana@customers.example\nTo: shop@centre.example\nSubject: Files\nMessage-ID: <f@x>\n"
                             "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n" + text)
        interaction = self.taken(agent)
        (message,) = self.messages(agent, interaction)
        self.assertEqual(message["text"], "See this (https://x.example/a)")
        self.assertEqual([a["name"] for a in message["attachments"]], ["note.txt"])
        self.assertEqual(message["left_out"], 1)

    def test_comes_back_with_a_file(self):
        """The work was over; the answer with a file begins new work on the same conversation, at the agent of before."""
        agent = self.desk()
        first = self.write("Is it ready?", subject="Table")
        interaction = self.taken(agent)
        agent.post("/v1/interactions/%s/end" % interaction["id"])
        part = agent.wait_cause("wrap_up_started")["interaction"]["participations"][-1]
        self.end(agent, interaction, part)
        other = self.desk("bob")
        self.servers.deliver("\n".join([
            "From: ana@customers.example", "To: shop@centre.example", "Subject: Re: Table", "Message-ID: <again@x>",
            "References: <%s>" % first, "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=B", "",
            "--B", "Content-Type: text/plain", "", "As drawn here", "--B",
            "Content-Type: text/plain; name=plan.txt", "Content-Disposition: attachment; filename=plan.txt", "", "80 x 120", "--B--"]))
        again = self.taken(agent)
        self.assertNotEqual(again["id"], interaction["id"])
        self.assertEqual(again["conversation"]["id"], interaction["conversation"]["id"])
        messages = self.messages(agent, again)
        self.assertEqual([(m["text"], [a["name"] for a in m["attachments"]]) for m in messages],
                         [("Is it ready?", []), ("As drawn here", ["plan.txt"])])
        with other.changed:
            self.assertEqual([e for e in other.events if e["type"] == "offer.created"], [])

    # --- machines ------------------------------------------------------------------------------

    def test_machines(self):
        """Automatic mail begins no work, stays unread, and is counted."""
        agent = self.desk()
        for i, more in enumerate(("Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "List-Id: <x.example>\n")):
            self.write("machine", more=more, subject="M%d" % i)
        self.write("from ourselves", sender="shop@centre.example")
        self.wait_status(aside=4)
        self.write("a person", subject="P")
        interaction = self.taken(agent)
        self.assertEqual(self.texts(agent, interaction), ["a person"])
        mail.wait_for("one mail read", lambda: self.servers.seen("shop") == 1)
        # Out of office belongs to the work that it answers.
        self.send(agent, interaction, "hello")
        (got,) = self.servers.wait_mails("ana", 1)
        self.write("away until Monday", more="Auto-Submitted: auto-replied\nIn-Reply-To: %s\n" % got["Message-ID"])
        self.assertEqual(self.added(agent, 3)["text"], "away until Monday")

    def test_bounce(self):
        agent = self.desk()
        self.write("answer me", sender="bounce@customers.example")
        interaction = self.taken(agent)
        self.send(agent, interaction, "this will come back")
        failed = self.changed(agent, "failed", 2)
        self.assertEqual(failed["reason"], "undeliverable")
        self.assertEqual(self.texts(agent, interaction), ["answer me", "this will come back"])

    # --- refused, put off ----------------------------------------------------------------------

    def test_refused(self):
        agent = self.desk()
        self.write("answer me", sender="unknown@customers.example")
        interaction = self.taken(agent)
        self.send(agent, interaction, "nobody is there")
        self.assertEqual(self.changed(agent, "failed", 2)["reason"], "wrong_address")
        self.write("and me", sender="ana@customers.example", subject="Two")
        second = self.taken(agent)
        message = self.send(agent, second, "a forbidden thing", subject="forbidden")
        self.assertEqual(message["subject"], "forbidden")
        failed = self.changed(agent, "failed", 2)
        self.assertEqual(failed["reason"], "content_refused")
        agent.post("/v1/messages/%s/retry" % failed["id"])
        self.changed(agent, "pending", 2)
        self.assertEqual(self.changed(agent, "failed", 2)["reason"], "content_refused")
        self.assertEqual(self.servers.mails("ana"), [])

    def test_put_off(self):
        """A server that says "not now" is asked again."""
        agent = self.desk()
        self.write("answer me", sender="later@customers.example")
        interaction = self.taken(agent)
        self.send(agent, interaction, "patience")
        self.wait_status(out="put_off")
        open(os.path.join(self.place, "open"), "w", encoding="ascii").close()
        self.changed(agent, "sent", 2)
        self.servers.wait_mails("later", 1)
        self.wait_status(out="ok")

    # --- servers away --------------------------------------------------------------------------

    def test_servers_away(self):
        agent = self.desk()
        self.write("before")
        interaction = self.taken(agent)
        self.wait_status(**{"in": "ok"})
        self.servers.stop_imap()
        self.wait_status(**{"in": "unreachable"})
        (told,) = agent.wait(lambda e: e["type"] == "notice.changed" and e["notices"])["notices"]
        self.assertEqual((told["service"], told["priority"], told["read"]),
                         ({"kind": "mailbox", "name": "post", "back_at": None}, "high", False))
        agent.put("/v1/notices/" + told["id"], {"read": True})
        self.servers.stop_smtp()
        self.send(agent, interaction, "while all is away")
        self.wait_status(out="unreachable")
        self.servers.start()
        self.write("meanwhile", more="References: <%s>\n" % self.messages(agent, interaction)[0].get("id", ""))
        self.changed(agent, "sent", 2)
        self.wait_status(**{"in": "ok", "out": "ok"})
        (back,) = agent.wait(lambda e: e["type"] == "notice.changed" and e["notices"] and e["notices"][0]["service"]["back_at"])["notices"]
        self.assertEqual((back["id"], back["read"]), (told["id"], True))
        self.assertEqual(agent.get("/v1/notices")["notices"], [back])
        self.taken(agent)
        self.servers.wait_mails("ana", 1)
        self.assertLessEqual(self.daemon.read_log().count("mailbox_not_read"), 3)

    def test_wrong_password(self):
        self.daemon.stop()
        self.servers.stop_imap()  # it looks for changes of passwords once a second alone
        self.servers.set_password("another")
        self.servers.start_imap()
        self.daemon.start()
        self.wait_status(**{"in": "wrong_password"})
        agent = self.desk()
        self.write("patience")
        self.servers.set_password(mail.PASSWORD)
        self.taken(agent)

    def test_uidvalidity(self):
        """The mailbox was made anew under us: what is known is not taken twice, what is new is."""
        agent = self.desk()
        id = self.write("known")  # noqa: A001
        interaction = self.taken(agent)
        self.wait_status(received=1)
        mail.wait_for("the mail to be marked as read", lambda: self.servers.seen("shop") == 1)
        self.daemon.stop()
        self.servers.stop_imap()
        folder = os.path.join(self.place, "mail", "shop")
        for name in os.listdir(folder):
            if name.startswith("dovecot"):
                os.remove(os.path.join(folder, name))
        self.write("new", more="References: <%s>\n" % id)
        self.servers.start_imap()
        self.daemon.start()
        agent = self.desk(take_over=True)
        mail.wait_for("the new one", lambda: self.texts(agent, interaction) == ["known", "new"])
        self.wait_status(received=2)

    # --- kills ---------------------------------------------------------------------------------

    def test_kills(self):
        """Killed again and again while mails come in: each is there once."""
        for round_ in range(4):
            for i in range(5):
                self.write("mail %d.%d" % (round_, i), subject="S%d.%d" % (round_, i))
            self.daemon.kill()
            self.daemon.start()
        wanted = sorted("mail %d.%d" % (r, i) for r in range(4) for i in range(5))
        mail.wait_for("all mails", lambda: self.stored("SELECT count(*) FROM message") == [(20,)])
        self.assertEqual(sorted(t for (t,) in self.stored("SELECT text FROM message")), wanted)
        mail.wait_for("all marked as read", lambda: self.servers.seen("shop") == 20)

    def test_kept_and_not_marked(self):
        """Killed between the two: it is marked by the next, and there once."""
        self.write("kept")
        mail.wait_for("the mail to be marked as read", lambda: self.servers.seen("shop") == 1)
        self.daemon.kill()
        (path,) = [p for p in self.servers.paths("shop") if p.rpartition(":2,")[2] == "S"]
        os.rename(path, path.rpartition(":2,")[0] + ":2,")
        self.daemon.start()
        mail.wait_for("the mail to be marked as read again", lambda: self.servers.seen("shop") == 1)
        self.assertEqual(self.stored("SELECT text FROM message"), [("kept",)])


class Unsure(Mails):
    """An SMTP server that dies at the worst moment, played by the test."""

    def setUp(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.listener.close)
        self.smtp = self.listener.getsockname()[1]
        self.received = []
        self.arrived = threading.Event()
        self.answer = threading.Event()
        self.replies = True
        threading.Thread(target=self._serve, daemon=True).start()
        super().setUp()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as f:
                try:
                    self._talk(f)
                except OSError:
                    pass

    def _talk(self, f):
        def say(text):
            f.write(text.encode() + b"\r\n")
            f.flush()
        say("220 unsure.example ready")
        for line in f:
            word = line[:4].upper()
            if word == b"EHLO":
                say("250-unsure.example\r\n250 AUTH PLAIN")
            elif word == b"AUTH":
                say("334 ") if len(line.split()) == 2 else say("235 welcome")
            elif word == b"DATA":
                say("354 go on")
                lines = []
                for part in f:
                    if part == b".\r\n":
                        break
                    lines.append(part)
                self.received.append(b"".join(lines))
                self.arrived.set()
                if not self.replies:
                    self.answer.wait(scene.api.DEADLINE)
                    return
                say("250 taken")
            elif word == b"QUIT":
                say("221 bye")
                return
            elif len(line.split()) == 1 and word not in (b"RSET", b"NOOP"):
                say("235 welcome")
            else:
                say("250 fine")

    def test_connection_ends_after_data(self):
        """Nobody knows whether it arrived: failed, and sent again when somebody says so; under the same id."""
        agent = self.desk()
        self.write("answer me")
        interaction = self.taken(agent)
        self.replies = False
        self.answer.set()
        self.send(agent, interaction, "perhaps")
        failed = self.changed(agent, "failed", 2)
        self.assertEqual(failed["reason"], "outcome_unknown")
        self.assertEqual(len(self.received), 1)
        self.replies = True
        agent.post("/v1/messages/%s/retry" % failed["id"])
        self.changed(agent, "sent", 2)
        self.assertEqual(len(self.received), 2)
        first, second = ([line for line in m.split(b"\r\n") if line.lower().startswith(b"message-id")] for m in self.received)
        self.assertEqual(first, second)

    def test_killed_after_data(self):
        """guichetd dies between the end of the mail and the server's word: not sent twice silently."""
        agent = self.desk()
        self.write("answer me")
        interaction = self.taken(agent)
        self.replies = False
        self.send(agent, interaction, "perhaps")
        self.assertTrue(self.arrived.wait(scene.api.DEADLINE))
        self.daemon.kill()
        self.answer.set()
        self.daemon.start()
        agent = self.desk(take_over=True)
        mail.wait_for("the outcome", lambda: self.messages(agent, interaction)[1]["state"] == "failed")
        message = self.messages(agent, interaction)[1]
        self.assertEqual((message["text"], message["reason"]), ("perhaps", "outcome_unknown"))
        self.assertEqual(len(self.received), 1)


if __name__ == "__main__":
    scene.main()
