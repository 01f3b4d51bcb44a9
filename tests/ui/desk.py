# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk on a display of its own before the puppet centre, or any other: what the scenarios of the desk share."""
import contextlib
import glob
import json
import os
import sqlite3
import subprocess
import tempfile
import time

import languages
import uidrive

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def stamp(seconds=0.0):
    """An instant that many seconds from now, as the API writes it."""
    at = time.time() + seconds
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at)) + ".%03dZ" % (at % 1 * 1000)


def kept(session, kind):
    """What stands on the disk of what was typed: the values of one kind, in the order of what they belong to."""
    found = []
    for path in glob.glob(os.path.join(session.env["XDG_DATA_HOME"], "guichet/desks/*/desk.sqlite")):
        with contextlib.closing(sqlite3.connect("file:%s?mode=ro" % path, uri=True, timeout=uidrive.TIMEOUT)) as db:
            found += db.execute("SELECT target, value FROM outbox WHERE kind = ? AND value <> '' ORDER BY target", (kind,)).fetchall()
    return found


class Puppet:
    """The puppet centre; see puppet.c."""

    def __init__(self, build):
        self.process = subprocess.Popen([os.path.join(build, "tests/ui/puppet")], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)
        self.url = self.process.stdout.readline().strip()

    def ask(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def desk(self, **members):
        for name, value in members.items():
            assert self.ask("desk", name, json.dumps(value)) == "ok"

    def event(self, kind, **members):
        assert self.ask("event", kind, json.dumps(members)[1:-1]) == "ok"

    def usual(self, method, path, answer):
        assert self.ask("odd", method, path, "200", json.dumps(answer)) == "ok"

    def odd(self, method, path, status, code, **members):
        body = dict(type="urn:guichet:error:" + code, status=status, **members)
        assert self.ask("odd", method, path, str(status), json.dumps(body)) == "ok"

    def close(self):
        with self.process:
            self.process.stdin.close()


# A little centre's definitions.
QUEUES = [
    {"id": "billing", "names": {"en": "Billing", "fr": "Facturation", "bg": "Фактуриране"}, "channel": "voice",
     "disposition_required": True, "wrap_up": 60, "waiting": 3},
    {"id": "support", "names": {"en": "Support", "fr": "Support", "bg": "Поддръжка"}, "channel": "voice",
     "disposition_required": False, "wrap_up": 30, "waiting": 0}]
WEB = {"id": "web", "names": {"en": "Shop", "fr": "Boutique", "bg": "Магазин"}, "channel": "webchat", "disposition_required": False,
       "wrap_up": 30, "waiting": 0}
REASONS = [{"id": "break", "names": {"en": "Break", "fr": "Pause", "bg": "Почивка"}, "kind": "idle"},
           {"id": "lunch", "names": {"en": "Lunch", "fr": "Déjeuner", "bg": "Обяд"}, "kind": "idle"},
           {"id": "paperwork", "names": {"en": "Paperwork", "fr": "Papiers", "bg": "Документи"}, "kind": "pause"}]
DISPOSITIONS = [{"id": "solved", "names": {"en": "Solved", "fr": "Résolu", "bg": "Решено"}},
                {"id": "refund", "names": {"en": "Refund agreed", "fr": "Remboursement accordé", "bg": "Възстановяване"}},
                {"id": "later", "names": {"en": "Call back later", "fr": "À rappeler", "bg": "Да се обади"}}]
TAGS = [{"id": "billing", "names": {"en": "Billing", "fr": "Facturation", "bg": "Фактури"}},
        {"id": "urgent", "names": {"en": "Urgent", "fr": "Urgent", "bg": "Спешно"}}]
VARIABLES = [
    {"id": "case", "names": {"en": "Case number", "fr": "Numéro de dossier", "bg": "Номер на случай"}, "type": "text",
     "editable": True, "secure": False, "on_card": 1},
    {"id": "contract", "names": {"en": "Contract", "fr": "Contrat", "bg": "Договор"}, "type": "choice",
     "choices": ["Start", "Confort", "Confort Pro"], "editable": True, "secure": False, "on_card": 2},
    {"id": "origin", "names": {"en": "Came from", "fr": "Origine", "bg": "Откъде"}, "type": "text", "editable": False,
     "secure": False, "on_card": 3},
    {"id": "iban", "names": {"en": "IBAN", "fr": "IBAN", "bg": "IBAN"}, "type": "text", "editable": False, "secure": True,
     "on_card": 0}]


def state(name, reason=None, since=0.0, next_state=None):
    return {"state": name, "reason": reason, "since": stamp(since), "next": next_state}


def channel(which, reason=None, by=None, name=None, since=-42.0):
    """Of an agent's state: nothing comes on it because of the reason, or something may."""
    return {"channel": which, "ready": reason is None, "reason": reason, "since": reason and stamp(since), "by": by, "name": name}


def participation(what="active", joined=-65.0, since=None, **more):
    one = {"id": "p1", "agent": "ana", "role": "primary", "state": what, "joined_at": stamp(joined),
           "state_since": stamp(joined if since is None else since), "held_total": 0, "wrap_up": None,
           "disposition": {"id": None, "set_by": None, "revision": 0}, "tags": {"ids": [], "revision": 0},
           "note": {"text": "", "revision": 0}}
    one.update(more)
    return one


def interaction(part=None, name="Mireille Perrin", **more):
    customer = {"number": "+33199001204"}
    if name:
        customer["name"] = name
    one = {"id": "i1", "channel": "voice", "direction": "in", "origin": "queue", "queue": "billing", "called": "4001",
           "language": "fr", "created_at": stamp(-80), "customer": customer,
           "participations": [part] if part else [],
           "variables": [{"id": "case", "value": "C-20417", "secure": False, "editable": True, "revision": 1},
                         {"id": "contract", "value": "Confort Pro", "secure": False, "editable": True, "revision": 1},
                         {"id": "origin", "value": "Web form", "secure": False, "editable": False, "revision": 1},
                         {"id": "iban", "value": None, "secure": True, "editable": False, "revision": 1}]}
    one.update(more)
    return one


def chat(part, ident="i1", name="Ivan Petrov", last=0, read=0, waiting=None, conversation="k1", **more):
    one = interaction(part, id=ident, name=name, channel="webchat", queue="web", called="shop",
                      conversation={"id": conversation, "last_number": last, "read_number": read, "limits": {"text": 300}},
                      waiting_since=waiting, **more)
    del one["customer"]["number"]
    return one


def message(number, author, text, at=-60.0, ident="i1", **more):
    agent = author == "agent"
    one = {"id": "m%d" % number, "conversation": "k1", "interaction": ident, "number": number, "at": stamp(at), "author": author,
           "agent": "ana" if agent else None, "text": text, "state": "sent" if agent else "received"}
    one.update(more)
    return one


def offer(number="1", name="Georges Lambert", left=15.0, **more):
    customer = {"number": "••••4417"}
    if name:
        customer["name"] = name
    one = {"id": "o" + number, "request": "r" + number, "kind": "new", "interaction": "i" + number, "channel": "voice",
           "queue": "billing", "created_at": stamp(), "deadline": stamp(left), "auto_accept": False, "ringing": True, "customer": customer,
           "called": "4001", "card": [{"variable": "case", "value": "C-20988"}, {"variable": "contract", "value": "Start"},
                                      {"variable": "origin", "value": "2 · Invoice"}]}
    one.update(more)
    return one


def recent(kind, reason, ago, **more):
    one = {"interaction": "i%d" % ago, "kind": kind, "reason": reason, "at": stamp(-ago), "queue": "billing",
           "customer": {"number": "+33199003390", "name": "Luc Moreau"}}
    one.update(more)
    return one


class Desk(contextlib.ExitStack):
    """A display, a bus, a puppet centre and a desk in front of it."""

    def __init__(self, build, size=(1280, 800), locale="C.UTF-8", scale=1.0, dark=False, phone=False, station=None):
        super().__init__()
        self.build = os.path.abspath(build)
        self.app, self.station = None, station or ("softphone" if phone else "desk_phone")
        settings = {"org.guichet.Guichet station": "'%s'" % self.station,
                    "org.guichet.Guichet station-address": "'4711'", "org.guichet.Guichet sound-checked": "true",
                    "org.guichet.Guichet color-scheme": "'dark'" if dark else "'light'"}
        env = {"GSETTINGS_SCHEMA_DIR": os.path.join(self.build, "data"),
               "GUICHET_LOCALEDIR": os.path.join(self.build, "po"), "G_DEBUG": "fatal-criticals",
               "XDG_DATA_DIRS": os.path.join(TREE, "data") + ":/usr/local/share:/usr/share"}
        if not locale.startswith("C."):
            env["LOCPATH"] = languages.path(self.build, locale)
        services = self._phone_service() if phone else []
        self.session = self.enter_context(uidrive.Session(size=tuple(size), locale=locale, settings=settings, env=env, services=services,
                                                          font="Cantarell %g" % (11 * scale), animations=False))
        self.centre = Puppet(self.build)
        self.callback(self.centre.close)
        self.centre.desk(queues=QUEUES, reasons=REASONS, dispositions=DISPOSITIONS, tags=TAGS, variables=VARIABLES,
                         memberships=[{"queue": "billing", "state": "ready"}, {"queue": "support", "state": "out"}],
                         state=state("available"), offers=[], interactions=[], recent=[],
                         settings={"mask_numbers": False, "confirm_end": False, "auto_accept": "off"})

    def _phone_service(self):
        folder = self.enter_context(tempfile.TemporaryDirectory())
        with open(os.path.join(folder, "org.guichet.Guichet.Phone.service"), "w", encoding="utf-8") as f:
            f.write("[D-BUS Service]\nName=org.guichet.Guichet.Phone\nExec=%s\n"
                    % os.path.join(self.build, "src/phone/guichet-phone"))
        return [folder]

    def open(self, *arguments):
        self.app = self.session.launch([os.path.join(self.build, "src/desktop/guichet"), *arguments])
        return self.app

    def keep_tokens(self, *agent):
        """From now on a window that is opened again is signed in; with an agent also the first one."""
        assert self.centre.ask("secrets", self.session.bus_address, *agent) == "ok"
        self.centre.desk(station={"kind": self.station, "address": "4711"})

    def sign_in(self):
        """At a desk where the agent was before, unless it is open already, or a softphone wants its line."""
        if self.app is not None or self.station == "softphone":
            return self.sign_in_by_hand()
        if not self.session.apps:
            self.keep_tokens("ana")
            self.session.preset({"org.guichet.Guichet centre": "'%s'" % self.centre.url, "org.guichet.Guichet agent": "'ana'"})
        self.open().wait(None, "Your queues")
        return self.app

    def sign_in_by_hand(self):
        app = self.app or self.open()
        app.wait("text", "Address of the centre").set_text(self.centre.url)
        app.find("text", "Agent").set_text("ana")
        app.find("text", "Password").set_text("secret")
        app.find("button", "Sign in").click()
        app.wait(None, "Your queues")
        return app

    def shot(self, path):
        self.session.settle(quiet=0.3, timeout=2)
        self.session.screenshot(path, settle=False)
