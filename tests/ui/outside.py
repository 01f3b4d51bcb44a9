# SPDX-License-Identifier: GPL-3.0-or-later
"""What is around the demo's centre in the tour: Kannel with its fake operator, Dovecot and Exim, each a real program of Debian's, on
ports and folders of their own, without privileges; and a demo centre that knows them.

    with Outside(build, users) as outside, stage.Stage(build, folder, env=outside.env, define=outside.define) as play:
        outside.kannel.phone("Hello"); outside.servers.deliver(mail)
"""
import contextlib
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rig"))
import gateway  # noqa: E402
import kannel  # noqa: E402
import mail  # noqa: E402
import ports  # noqa: E402

NUMBER, ADDRESS = "+33199000001", "shop@centre.example"
# What this needs beyond the desk, with the name that people know it by and where Debian has it.
PROGRAMS = (("/usr/sbin/bearerbox", "SMS", "Kannel", "kannel"), ("/usr/sbin/smsbox", "SMS", "Kannel", "kannel"),
            (kannel.FAKESMSC, "SMS", "Kannel's fake operator", "kannel-extras"), ("/usr/sbin/dovecot", "e-mail", "Dovecot", "dovecot-imapd"),
            ("/usr/sbin/exim4", "e-mail", "Exim", "exim4-daemon-light"), ("/usr/bin/openssl", "e-mail", "OpenSSL", "openssl"))

CONFIG = """[webhooks]
listen=127.0.0.1:{webhooks}
[sms main]
kind=kannel
url={sendsms}
user=guichet
password=kannel
secret={secret}
[email post]
imap=imaps://127.0.0.1:{imap}
smtp=smtp://127.0.0.1:{smtp}
user=shop
password_file={folder}/password
ca={folder}/ca.pem
addresses={address}
"""
# guichetd as the desk starts it, but with that file.
DAEMON = """#!/bin/sh
exec '%s' --config '%s' "$@"
"""


class Missing(Exception):
    """A program is not installed; says which, and what brings it."""


def check_installed(programs=PROGRAMS):
    for path, what, name, package in programs:
        if not os.access(path, os.X_OK):
            raise Missing("%s goes through %s, which is not installed (%s, of the package %s): run tools/install test"
                          % (what, name, path, package))


class Outside(contextlib.ExitStack):
    def __init__(self, build, users):
        super().__init__()
        try:
            self._start(os.path.abspath(build), users)
        except BaseException:
            self.close()
            raise

    def _start(self, build, users):
        place = tempfile.mkdtemp(prefix="guichet-post-")
        self.callback(shutil.rmtree, place, ignore_errors=True)
        self.servers = mail.Servers(place, ("shop", *users))
        self.callback(self.servers.close)
        self.servers.start()
        own = tempfile.mkdtemp(prefix="guichet-outside-")
        self.callback(shutil.rmtree, own, ignore_errors=True)
        webhooks = ports.free_port()
        self.kannel = kannel.Kannel(own)
        self.callback(self.kannel.close)
        self.kannel.start("http://127.0.0.1:%d/sms/main/in?secret=%s" % (webhooks, gateway.SECRET.replace(" ", "+")))
        self._write(os.path.join(place, "password"), mail.PASSWORD + "\n")
        config = self._write(os.path.join(own, "guichetd.conf"), CONFIG.format(
            webhooks=webhooks, sendsms=self.kannel.url, secret=gateway.SECRET, imap=self.servers.imap, smtp=self.servers.smtp,
            folder=place, address=ADDRESS))
        daemon = self._write(os.path.join(own, "guichetd"), DAEMON % (os.path.join(build, "src", "server", "guichetd"), config))
        os.chmod(daemon, 0o755)
        self.env = {"GUICHET_LIBEXECDIR": own}

    @staticmethod
    def _write(path, text):
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    @staticmethod
    def define(centre):
        """The demo's centre, with a number of Kannel's for its SMS, and a queue of mail."""
        centre["queues"].append({"id": "post", "names": {"en": "Post", "fr": "Courrier", "bg": "Поща"}, "channel": "email", "ring_seconds": 120,
                                 "wrap_up": {"seconds": 60, "required": True, "default_disposition": "information"}})
        centre["agents"][0]["queues"].append("post")
        shop = {"en": "Shop", "fr": "Boutique", "bg": "Магазин"}
        texts = next(entry for entry in centre["entry_points"] if entry.get("channel") == "sms")
        texts.update(names=shop, addresses=[NUMBER])
        centre["entry_points"] += [
            {"id": "post", "names": shop, "channel": "email", "addresses": [ADDRESS], "queue": "post", "language": "en"}]
