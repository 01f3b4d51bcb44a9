#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""guichetctl as an administrator uses it: the offline check, the exit statuses, and what it sends to a daemon's socket
(played here by a small HTTP server; tests/integration has the real one)."""
import http.server
import json
import os
import socketserver
import subprocess
import sys
import tempfile
import threading
import unittest

BUILD = os.environ.get("G_TEST_BUILDDIR", "build")
SOURCE = os.environ.get("G_TEST_SRCDIR", ".")
CTL = os.path.join(BUILD, "src/ctl/guichetctl")
CENTRE = os.path.join(SOURCE, "data/demo/centre.json")


class Daemon:
    """Answers on DIR/guichetd.sock as told and keeps what it was asked."""

    def __init__(self, directory, answers):
        self.asked = []
        daemon = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                daemon.asked.append((self.command, self.path, json.loads(body) if body else None))
                status, document = answers.get((self.command, self.path.split("?")[0]), (404, {"detail": "no such thing"}))
                if callable(document):
                    document = document(self.path)
                text = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_PUT = do_POST = do_DELETE = answer

            def address_string(self):
                return "socket"

            def log_message(self, *args):
                pass

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True

        self.server = Server(os.path.join(directory, "guichetd.sock"), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Ctl(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

    def run_ctl(self, *words, text=None):
        return subprocess.run([CTL, "--data", self.directory.name, *words], input=text or "", text=True,
                              capture_output=True, timeout=30)

    def daemon(self, answers):
        daemon = Daemon(self.directory.name, answers)
        self.addCleanup(daemon.close)
        return daemon

    def write(self, name, text):
        path = os.path.join(self.directory.name, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def test_check_passes_the_demo_centre(self):
        done = self.run_ctl("check", CENTRE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("no errors", done.stdout)

    def test_check_names_every_error_with_its_place(self):
        with open(CENTRE, encoding="utf-8") as f:
            centre = json.load(f)
        centre["queues"][0]["disposition"] = "no-such-member"
        centre["agents"][0]["team"] = "no-such-team"
        done = self.run_ctl("check", self.write("bad.json", json.dumps(centre)))
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"queues\[0\]")
        self.assertRegex(done.stderr, r"agents\[0\]\.team")

    def test_check_of_the_centre_s_name_and_notifications(self):
        with open(CENTRE, encoding="utf-8") as f:
            centre = json.load(f)
        centre["settings"]["toasts"] = {"max": 3, "seconds": 20}
        done = self.run_ctl("check", self.write("good.json", json.dumps(centre)))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        centre["names"] = {"en": "x" * 65, "french": "Maison"}
        centre["settings"]["toasts"] = {"max": 11, "seconds": -1, "colour": "red"}
        done = self.run_ctl("check", self.write("bad.json", json.dumps(centre)))
        self.assertEqual(done.returncode, 1)
        for place in (r"names\.en\b", r"names\.french\b", r"settings\.toasts\.max\b", r"settings\.toasts\.seconds\b",
                      r"settings\.toasts\.colour\b"):
            self.assertRegex(done.stderr, place)

    def test_check_refuses_what_is_not_json_or_not_there(self):
        self.assertEqual(self.run_ctl("check", self.write("x.json", "{\"a\":1,}")).returncode, 1)
        self.assertEqual(self.run_ctl("check", self.write("y.json", "[" * 200000)).returncode, 1)
        self.assertEqual(self.run_ctl("check", "/nonexistent").returncode, 4)

    def test_usage(self):
        for words in ([], ["fly"], ["check"], ["agent"], ["agent", "sign-out"], ["--bogus"], ["status", "now"]):
            with self.subTest(words=words):
                done = self.run_ctl(*words)
                self.assertEqual(done.returncode, 2)
                self.assertTrue(done.stderr.startswith("guichetctl: "))

    def test_no_daemon_is_said(self):
        done = self.run_ctl("status")
        self.assertEqual(done.returncode, 3)
        self.assertIn("guichetd.sock", done.stderr)

    def test_apply_sends_the_file_and_tells_the_version(self):
        daemon = self.daemon({("PUT", "/admin/definitions"): (200, {"version": 7})})
        done = self.run_ctl("apply", CENTRE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("version 7", done.stdout)
        with open(CENTRE, encoding="utf-8") as f:
            self.assertEqual(daemon.asked, [("PUT", "/admin/definitions", json.load(f))])

    def test_contacts_of_other_programs(self):
        """CSV, vCard and JSON: who was there stays, who comes again is replaced, who has no number is left out."""
        kept = {"id": "kept", "name": "Kept", "numbers": ["+35921"]}
        centre = {"settings": {}, "contacts": [kept]}
        daemon = self.daemon({("GET", "/admin/definitions"): (200, {"version": 3, "definitions": centre}),
                              ("PUT", "/admin/definitions"): (200, {"version": 4})})

        def imported(name, text):
            done = self.run_ctl("contacts", "import", self.write(name, text))
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            return {c["id"]: c for c in daemon.asked[-1][2]["contacts"]}
        found = imported("a.csv", "\ufeffName;Organisation;Number;Number 2\r\nЖорж Лабов;\"Лаб; \"\"А\"\"\";+33 1 45 67 89 00;06 12\r\n"
                                  "Nobody;;;\r\n;Only Ltd;02 / 981 44 17;tea")
        self.assertEqual(found, {
            "kept": kept, "only-ltd-029814417": {"id": "only-ltd-029814417", "name": "Only Ltd", "organisation": "Only Ltd",
                                                 "numbers": ["02 / 981 44 17"]},
            "zhorzh-labov-33145678900": {"id": "zhorzh-labov-33145678900", "name": "Жорж Лабов", "organisation": 'Лаб; "А"',
                                         "numbers": ["+33 1 45 67 89 00", "06 12"]}})
        found = imported("b.vcf", "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Maître Bo\r\n bet\r\nORG:Bobet\\, Fils;Paris\r\n"
                                  "item1.TEL;TYPE=work:tel:+33-1-11-11\r\nTEL:+33612345678\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:No number\r\nEND:VCARD\r\n")
        self.assertEqual(list(found), ["maitre-bobet-3311111", "kept"])
        self.assertEqual(found["maitre-bobet-3311111"], {"id": "maitre-bobet-3311111", "name": "Maître Bobet",
                                                         "organisation": "Bobet, Fils", "numbers": ["+33-1-11-11", "+33612345678"]})
        self.assertEqual(imported("c.json", json.dumps([dict(kept, name="New")]))["kept"]["name"], "New")
        for name, text, status in (("d.json", "{}", 4), ("e.json", "[1]", 4), ("f.txt", "", 2)):
            self.assertEqual(self.run_ctl("contacts", "import", self.write(name, text)).returncode, status)

    def test_apply_sends_nothing_of_a_bad_file(self):
        daemon = self.daemon({})
        self.assertEqual(self.run_ctl("apply", self.write("bad.json", "{\"queues\":[{}]}")).returncode, 1)
        self.assertEqual(daemon.asked, [])

    def test_a_refusal_and_its_problems_are_printed(self):
        self.daemon({("PUT", "/admin/definitions"): (422, {
            "type": "urn:guichet:error:invalid", "detail": "2 errors",
            "problems": [{"path": "queues[0].skills", "message": "unknown skill"},
                         {"path": "agents[3].team", "message": "unknown team"}]})})
        done = self.run_ctl("apply", CENTRE)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.splitlines(), ["guichetctl: 2 errors", "queues[0].skills: unknown skill",
                                                    "agents[3].team: unknown team"])

    def test_password_comes_from_standard_input_alone(self):
        daemon = self.daemon({("PUT", "/admin/agents/mireille%20p/password"): (200, {})})
        done = self.run_ctl("agent", "set-password", "mireille p", text="vélo и колело\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(daemon.asked[0][2], {"password": "vélo и колело"})
        self.assertEqual(self.run_ctl("agent", "set-password", "x", text="").returncode, 4)
        self.assertEqual(self.run_ctl("agent", "set-password", "x", text="a" * 5000 + "\n").returncode, 4)
        self.assertEqual(len(daemon.asked), 1)

    def test_pin_of_an_agent(self):
        path = "/admin/agents/ana/voicemail_pin"
        daemon = self.daemon({("PUT", path): (200, {}), ("DELETE", path): (200, {})})
        self.assertEqual(self.run_ctl("voicemail", "set-pin", "ana", text="2468\n").returncode, 0)
        self.assertEqual(self.run_ctl("voicemail", "reset-pin", "ana").returncode, 0)
        self.assertEqual(daemon.asked, [("PUT", path, {"pin": "2468"}), ("DELETE", path, None)])

    def test_sign_out_says_whether_by_force(self):
        path = "/admin/agents/ana/sign_out"
        daemon = self.daemon({("POST", path): (200, {})})
        self.assertEqual(self.run_ctl("agent", "sign-out", "ana").returncode, 0)
        self.assertEqual(self.run_ctl("agent", "sign-out", "--force", "ana").returncode, 0)
        self.assertEqual(daemon.asked, [("POST", path, {"force": False}), ("POST", path, {"force": True})])

    def test_a_reason_is_printed(self):
        self.daemon({("POST", "/admin/agents/ana/sign_out"): (409, {"detail": "not now", "reason": "work_in_hand"})})
        done = self.run_ctl("agent", "sign-out", "ana")
        self.assertEqual((done.returncode, done.stderr), (1, "guichetctl: not now (work_in_hand)\n"))

    def test_journal_turns_its_pages(self):
        def page(path):
            first = int(path.split("since=")[1].split("&")[0])
            limit = int(path.split("limit=")[1].split("&")[0])
            last = min(first + limit, 2500)
            return {"epoch": "e", "events": [{"seq": s} for s in range(first + 1, last + 1)], "next": last}
        daemon = self.daemon({("GET", "/admin/journal"): (200, page)})
        done = self.run_ctl("journal")
        self.assertEqual([json.loads(line)["seq"] for line in done.stdout.splitlines()], list(range(1, 2501)))
        self.assertEqual(len(daemon.asked), 4)
        done = self.run_ctl("journal", "--since", "10", "--limit", "5")
        self.assertEqual([json.loads(line)["seq"] for line in done.stdout.splitlines()], [11, 12, 13, 14, 15])

    def test_status_for_people_and_programs(self):
        status = {"version": "0.1.0", "uptime": 5, "seq": 9, "sessions": 1, "calls": 2,
                  "queues": [{"id": "billing", "waiting": 3}], "agents": [{"id": "ana", "state": "idle", "reason": "rona"}]}
        self.daemon({("GET", "/admin/status"): (200, status)})
        text = self.run_ctl("status").stdout
        self.assertRegex(text, r"queue billing\s+3 waiting")
        self.assertRegex(text, r"agent ana\s+idle rona")
        self.assertEqual(json.loads(self.run_ctl("status", "--json").stdout), status)

    def test_export_and_erase(self):
        daemon = self.daemon({("GET", "/admin/customers/c1/export"): (200, {"name": "Иван"}),
                              ("DELETE", "/admin/customers/c1"): (200, {})})
        self.assertEqual(json.loads(self.run_ctl("customer", "export", "c1").stdout), {"name": "Иван"})
        self.assertEqual(self.run_ctl("customer", "erase", "c1").returncode, 0)
        self.assertEqual([a[0] for a in daemon.asked], ["GET", "DELETE"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
