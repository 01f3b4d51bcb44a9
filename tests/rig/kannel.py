# SPDX-License-Identifier: GPL-3.0-or-later
"""Kannel itself on free loopback ports: bearerbox, smsbox, and its fakesmsc as the operator's centre."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.parse

import child
import ports
from patience import DEADLINE

FAKESMSC = "/usr/lib/kannel/test/fakesmsc"
CONFIG = """group = core
admin-port = %(admin)d
smsbox-port = %(boxes)d
admin-password = a-password
box-allow-ip = "127.0.0.1"
log-level = 0
log-file = %(folder)s/bearerbox.log
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = fake
port = %(centre)d
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = %(sendsms)d
log-level = 0
log-file = %(folder)s/smsbox.log

group = sendsms-user
username = guichet
password = kannel
max-messages = 20
concatenation = true

group = sms-service
keyword = default
post-url = "%(post)s&from=%%p&to=%%P&id=%%I"
max-messages = 0
catch-all = true
omit-empty = true
"""


def wait_for(what, fits):
    end = time.monotonic() + DEADLINE
    while True:
        found = fits()
        if found:
            return found
        assert time.monotonic() < end, what + " did not come"
        time.sleep(0.02)


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Kannel:
    def __init__(self, folder):
        self.folder = str(folder)
        self.ports = {name: ports.free_port() for name in ("admin", "boxes", "centre", "sendsms")}
        self.url = "http://127.0.0.1:%d/cgi-bin/sendsms" % self.ports["sendsms"]
        self.running = {}
        self.phones = 0

    def start(self, post):
        """@post: where it hands on what customers write, with the secret."""
        self.config = os.path.join(self.folder, "kannel.conf")
        with open(self.config, "w", encoding="utf-8") as f:
            f.write(CONFIG % {**self.ports, "folder": self.folder, "post": post})
        self.run("bearerbox", ["/usr/sbin/bearerbox", self.config])
        wait_for("bearerbox", lambda: self.alive("bearerbox") and listens(self.ports["boxes"]) and listens(self.ports["centre"]))
        self.start_smsbox()

    def start_smsbox(self):
        self.run("smsbox", ["/usr/sbin/smsbox", self.config])
        wait_for("smsbox", lambda: self.alive("smsbox") and listens(self.ports["sendsms"]))

    def run(self, name, command):
        with open(os.path.join(self.folder, name + ".out"), "ab") as log:
            self.running[name] = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=child.tied)

    def alive(self, name):
        with open(os.path.join(self.folder, name + ".out"), encoding="utf-8", errors="replace") as f:
            assert self.running[name].poll() is None, f.read()[-2000:]
        return True

    def stop(self, name):
        process = self.running.pop(name, None)
        if process is None:
            return
        process.send_signal(signal.SIGKILL)
        process.wait(DEADLINE)

    def close(self):
        for name in list(self.running):
            self.stop(name)

    def phone(self, text, count=1, number="+33612345678", to="+33199000001"):
        """The operator's centre, whose customer writes so many times; it stays and shows what comes for customers."""
        self.stop("phone")
        self.phones += 1
        self.log = "phone%d" % self.phones
        with open(os.path.join(self.folder, self.log), "ab") as log:
            self.running["phone"] = subprocess.Popen(
                [FAKESMSC, "-H", "127.0.0.1", "-r", str(self.ports["centre"]), "-m", str(count), "-i", "0.01",
                 "%s %s text %s" % (number, to, text)], stdout=log, stderr=log, preexec_fn=child.tied)

    def raw(self):
        with open(os.path.join(self.folder, self.log), encoding="utf-8", errors="replace") as f:
            return f.read()

    def shown(self):
        return shown(self.raw())


def shown(log):
    """What a customer's phone got, as the operator's centre says: (from, to, text), parts of a long message put together; and how
    many parts each such message had."""
    lines = re.findall(r"Got message \d+: <(\S+) (\S+) (.*)>$", log, re.M)
    whole, parts = [], {}
    for sender, receiver, rest in lines:
        if not rest.startswith("udh "):
            whole.append((sender, receiver, decoded(rest)))
            continue
        header, rest = rest[4:].split(" ", 1)
        reference, total, number = urllib.parse.unquote_to_bytes(header)[3:6]
        known = parts.setdefault(reference, {})
        known[number] = decoded(rest)
        if len(known) == total:
            whole.append((sender, receiver, "".join(known[i + 1] for i in range(total))))
    return whole, {reference: len(known) for reference, known in parts.items()}


def decoded(rest):
    kind, text = rest.split(" ", 1)
    if kind == "text":
        return text
    data = urllib.parse.unquote_to_bytes(text.replace("+", "%20"))
    return data.decode("utf-16-be" if b"\0" in data or b"\4" in data else "utf-8")
