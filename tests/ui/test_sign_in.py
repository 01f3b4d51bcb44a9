#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in and out, and what may be wrong with it, before the puppet centre.

    tests/ui/test_sign_in.py BUILD [TestCase[.method]]...
"""
import contextlib
import os
import re
import socket
import ssl
import subprocess
import tempfile
import threading

import cases
import uidrive


@contextlib.contextmanager
def untrusted_centre(folder):
    """The address of something that shows a certificate of its own making."""
    key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "certificate.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True, timeout=uidrive.TIMEOUT)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def shake_hands():
        while True:
            try:
                one, _address = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), context.wrap_socket(one, server_side=True) as secure:
                secure.recv(1)

    threading.Thread(target=shake_hands, daemon=True).start()
    try:
        yield "https://localhost:%d" % listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


class SignIn(cases.Case):
    def fill(self, password="secret"):
        self.app = self.desk.open()
        self.app.wait("text", "Address of the centre").set_text(self.centre.url)
        self.app.find("text", "Agent").set_text("ana")
        self.app.find("text", "Password").set_text(password)

    def press(self):
        self.app.find("button", "Sign in").click()

    def test_wrong_password_then_right(self):
        self.fill("nope")
        self.centre.odd("POST", "/v1/sessions", 401, "wrong_password")
        self.press()
        self.app.wait("label", re.compile("name or the password is wrong"))
        self.app.find("text", "Password").set_text("secret")
        self.press()
        self.app.wait(None, "Your queues")

    def test_locked(self):
        self.fill()
        self.centre.odd("POST", "/v1/sessions", 423, "account_locked", retry_after=600)
        self.press()
        self.app.wait("label", re.compile(r"locked until \d+:\d\d"))

    def test_unreachable(self):
        self.fill()
        self.centre.ask("away")
        self.press()
        self.app.wait("label", re.compile("cannot be reached"))

    def test_no_plain_http_to_another_machine(self):
        self.fill()
        self.app.find("text", "Address of the centre").set_text("http://centre.example")
        self.press()
        self.app.wait("label", re.compile("begins with https://"))

    def test_elsewhere_then_take_over(self):
        self.fill()
        self.centre.odd("POST", "/v1/sessions", 409, "session_elsewhere")
        self.press()
        self.app.wait("label", re.compile("at another desk"))
        self.app.find("button", "Take over").click()
        self.app.wait(None, "Your queues")
        self.assertIn('"take_over":true', self.sent("POST /v1/sessions").replace(" ", ""))

    def test_taken_over_by_another_desk(self):
        self.sign_in()
        self.centre.ask("say", '{"type":"session.ended","reason":"taken_over"}')
        self.app.wait("label", re.compile("another desk, which has taken over"))
        self.app.wait("button", "Sign in")

    def test_certificate_that_nobody_vouches_for(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        url = self.enterContext(untrusted_centre(folder.name))
        self.fill()
        self.app.find("text", "Address of the centre").set_text(url)
        self.press()
        self.app.wait("label", re.compile("certificate cannot be trusted"))
        self.assertEqual(self.centre.ask("count", "POST /v1/sessions"), "0")

    def test_signing_out_comes_back_to_the_sign_in_page(self):
        self.sign_in()
        self.app.choose("Sign out")
        uidrive.until("the centre was not told", lambda: self.centre.ask("count", "DELETE /v1/session") == "1")
        self.app.wait_gone(None, "Your queues")
        self.app.wait("button", "Try the demo centre")
        self.assertEqual(self.app.find("text", "Agent").text, "ana")
        self.assertEqual(self.app.find("text", "Password").text, "")

    def test_number_is_cleaned(self):
        self.app = self.desk.open()
        self.app.wait("check box", "A desk phone")
        number = self.app.wait("text", "Number of the desk phone")
        number.set_text("anna@pbx")
        self.assertEqual(number.text, "anna@pbx")


class OutsideNumber(cases.Case):
    options = {"station": "outside_number"}

    def test_number_is_cleaned(self):
        number = self.desk.open().wait("text", "Telephone number")
        number.mouse_click()
        self.session.key("ctrl+a")
        self.session.type("+33 (6) 12.34-56,78")
        number.wait_text("+33612345678")


if __name__ == "__main__":
    cases.main()
