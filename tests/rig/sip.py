# SPDX-License-Identifier: GPL-3.0-or-later
"""A telephone in a few lines: registers, rings, answers, calls, holds, refers and hangs up over UDP, as a test tells it to,
so that many of them live in one process and what each hears can be measured at once. The sound is rtp.Sound's."""

import hashlib
import re
import socket
import threading
import time
import traceback
import uuid

import rtp
from patience import DEADLINE

RESEND = 0.5

SDP = "v=0\r\no=phone 1 %d IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP 0 101\r\n" \
      "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=%s\r\n"


class Message:
    def __init__(self, text):
        head, _, self.body = text.partition("\r\n\r\n")
        self.first, *lines = head.split("\r\n")
        self.headers = [(n.strip().lower(), v.strip()) for n, _, v in (line.partition(":") for line in lines)]
        short = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "c": "content-type", "l": "content-length"}
        self.headers = [(short.get(n, n), v) for n, v in self.headers]
        self.status = int(self.first.split()[1]) if self.first.startswith("SIP/2.0 ") else 0
        self.cseq, self.method = self["cseq"].split()

    def __getitem__(self, name):
        return next((v for n, v in self.headers if n == name), "")

    def all(self, name):
        return ["%s: %s" % (name.title(), v) for n, v in self.headers if n == name]

    def branch(self):
        found = re.search(r"branch=([^;,\s]+)", self["via"])
        return found.group(1) if found else ""


def address(header):
    """The URI in a header."""
    found = re.search(r"<([^>]*)>", header)
    return found.group(1) if found else header.split(";")[0].strip()


def replacing(target, call):
    """The URI of who is to take over a call of ours."""
    tag = {w: re.search(r"tag=([^;>]+)", getattr(call, w)).group(1) for w in ("local", "remote")}
    return "%s?Replaces=%s%%3Bto-tag%%3D%s%%3Bfrom-tag%%3D%s" % (target, call.call_id, tag["remote"], tag["local"])


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


class Call:
    """One call of a phone. `state`: calling, ringing, up, over."""

    def __init__(self, phone, call_id, incoming, local, remote, target, invite=None):
        self.phone, self.call_id, self.incoming, self.invite = phone, call_id, incoming, invite
        self.local, self.remote, self.target = local, remote, target
        self.invited = 1  # the number of our last INVITE
        self.state = "ringing" if incoming else "calling"
        self.status, self.acked, self.version, self.cseq, self.on_hold, self.cancelled = 0, False, 1, 1, False, False
        self.told = []  # what became of a REFER, status by status
        self.sound = rtp.Sound(phone.hz, phone.dbfs)

    def sdp(self, direction="sendrecv"):
        return SDP % (self.version, self.sound.port, direction)

    def hear(self, body):
        host, port = re.search(r"c=IN IP4 (\S+)", body), re.search(r"m=audio (\d+)", body)
        if host and port and int(port.group(1)):
            self.sound.remote = (host.group(1), int(port.group(1)))

    def set(self, state, status=0):
        with self.phone.changed:
            if self.state == "over":
                return
            self.state, self.status = state, status or self.status
            if state == "over":
                self.sound.close()
            self.phone.changed.notify_all()

    def wait(self, *states):
        with self.phone.changed:
            if not self.phone.changed.wait_for(lambda: self.state in states, DEADLINE):
                raise AssertionError("%s: %s, not %s; %s" % (self.phone.user, self.state, states, self.phone.trace[-6:]))
        return self

    # --- what the person does ---

    def answer(self):
        self.hear(self.invite.body)
        self.set("up")
        if self.state == "up":  # not taken back just now
            self.phone.respond(self.invite, 200, self, self.sdp(), until=lambda: self.acked or self.state == "over")
        return self

    def progress(self, early=False):
        if early:
            self.hear(self.invite.body)
        self.phone.respond(self.invite, 183 if early else 180, self, self.sdp() if early else "")

    def refuse(self, status=603):
        self.phone.respond(self.invite, status, self, until=lambda: self.acked)
        self.set("over", status)

    def hang_up(self):
        if self.state == "up":
            self.request("BYE")
        elif self.incoming:
            self.refuse()
        else:
            self.cancelled = True
            self.phone.cancel(self)
        self.set("over")

    def hold(self, on=True):
        self.version, self.on_hold = self.version + 1, on
        self.request("INVITE", body=self.sdp("sendonly" if on else "sendrecv"))

    def refer(self, target, replaces=None):
        """To another number, or to whoever is on another of our calls."""
        if replaces is not None:
            target = replacing(target, replaces)
        self.told = []
        return self.ask("REFER", "Refer-To: <%s>\r\nReferred-By: <%s>\r\n" % (target, address(self.local)))

    def ask(self, method, extra=""):
        """The status that answers a request."""
        key = self.request(method, extra), method
        with self.phone.changed:
            self.phone.changed.wait_for(lambda: key in self.phone.answers, DEADLINE)
            answer = self.phone.answers.get(key)
        return answer.status if answer else 0

    def wait_told(self):
        """The last word on a REFER."""
        with self.phone.changed:
            if not self.phone.changed.wait_for(lambda: self.told and self.told[-1] >= 200, DEADLINE):
                raise AssertionError("%s was told %s; %s" % (self.phone.user, self.told, self.phone.trace[-6:]))
        return self.told[-1]

    def request(self, method, extra="", body=""):
        self.cseq += 1
        if method == "INVITE":
            self.invited = self.cseq
        return self.phone.request(method, self.target, self.local, self.remote, self.call_id, self.cseq, extra, body)


class Phone:
    def __init__(self, server, user, password=None, hz=0, dbfs=-24.0, on_call=None, expires=120):
        """server: "HOST:PORT". With a password it registers. on_call (call): what to do with a call that comes, on the
        phone's thread; without, it rings."""
        self.server, self.user, self.password, self.hz, self.dbfs = server, user, password, hz, dbfs
        self.on_call = on_call or (lambda call: call.progress())
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.uri = "sip:%s@127.0.0.1:%d" % (user, self.port)
        self.changed = threading.Condition()
        self.calls, self.trace, self.answers = [], [], {}
        self.known = {}  # every call of it by its Call-ID: SIP goes on when the person has done with it
        self.pending, self.said, self.stopped = {}, {}, False
        self.unanswered = threading.Event()
        self.lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._resend, daemon=True).start()
        if password is not None:
            self.register(expires)

    def renew(self):
        """Registers again where half of the time is over."""
        if time.monotonic() - self.registered[0] > self.registered[1] / 2:
            self.register(self.registered[1])

    # --- wire ---

    def _peer(self, uri=None):
        found = re.match(r"sips?:(?:[^@]*@)?([^:;?]+)(?::(\d+))?", uri or "sip:" + self.server)
        return found.group(1), int(found.group(2) or 5060)

    def _send(self, text, to):
        if "OPTIONS" not in text.split("Allow:")[0]:
            self.trace.append("> " + text.split("\r\n")[0])
        try:
            self.socket.sendto(text.encode(), to)
        except OSError:
            pass

    def _repeat(self, key, text, to, over=None):
        """Sends now, and again until the answer is there, or what @over says."""
        with self.lock:
            self.pending[key] = (text, to, over, time.monotonic(), 0)
            self.unanswered.set()
        self._send(text, to)

    def _resend(self):
        while not self.stopped:
            self.unanswered.wait()
            time.sleep(RESEND)
            with self.lock:
                self.pending = {k: p for k, p in self.pending.items() if p[4] < 30 and not (p[2] and p[2]())}
                if not self.pending and not self.stopped:
                    self.unanswered.clear()
                due = [(k, p) for k, p in self.pending.items() if time.monotonic() - p[3] >= RESEND]
                for key, (text, to, over, _, n) in due:
                    self.pending[key] = (text, to, over, time.monotonic(), n + 1)
            for _, (text, to, *_more) in due:
                self._send(text, to)

    def _read(self):
        while True:
            try:
                data, source = self.socket.recvfrom(65536)
            except OSError:
                if self.stopped:
                    return
                continue
            text = data.decode(errors="replace")
            if "SIP/2.0" not in text.split("\r\n")[0]:  # the RTCP of a neighbour
                continue
            try:
                self._take(Message(text), source)
            except Exception:  # noqa: BLE001: the telephone goes on, and says why
                traceback.print_exc()

    def _take(self, message, source):
        if message.method != "OPTIONS":
            self.trace.append("< " + message.first)
        if message.status:
            self._response(message)
        else:
            self._request(message, source)

    def request(self, method, uri, local, remote, call_id, cseq, extra="", body="", branch=None, to=None):
        branch = branch or "z9hG4bK" + uuid.uuid4().hex
        kind = "Content-Type: application/sdp\r\n" if body else ""
        text = "%s %s SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%d;branch=%s;rport\r\nMax-Forwards: 70\r\nFrom: %s\r\nTo: %s\r\n" \
               "Call-ID: %s\r\nCSeq: %d %s\r\nContact: <%s>\r\n%s%sContent-Length: %d\r\n\r\n%s" % (
                   method, uri, self.port, branch, local, remote, call_id, cseq, method, self.uri, extra, kind, len(body), body)
        if method == "ACK":
            self._send(text, to or self._peer(uri))
        else:
            self._repeat((branch, method), text, to or self._peer(uri))
        return branch

    def respond(self, request, status, call=None, body="", until=None):
        reason = {100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK", 202: "Accepted", 487: "Request Terminated",
                  486: "Busy Here", 603: "Decline", 481: "Call/Transaction Does Not Exist"}.get(status, "No")
        to = request["to"]
        if call is not None and "tag=" not in to:
            to = call.local
        lines = request.all("via") + request.all("record-route") + [
            "From: " + request["from"], "To: " + to, "Call-ID: " + request["call-id"], "CSeq: %s %s" % (request.cseq, request.method),
            "Contact: <%s>" % self.uri, "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY"]
        if body:
            lines.append("Content-Type: application/sdp")
        text = "SIP/2.0 %d %s\r\n%s\r\nContent-Length: %d\r\n\r\n%s" % (status, reason, "\r\n".join(lines), len(body), body)
        peer = self._via(request)
        self.said[(request.branch(), request.method)] = (text, peer)
        if until is not None:
            self._repeat((request.branch(), "answer"), text, peer, until)
        else:
            self._send(text, peer)

    @staticmethod
    def _via(request):
        found = re.match(r"SIP/2.0/UDP ([^:;\s]+)(?::(\d+))?", request["via"])
        return found.group(1), int(found.group(2) or 5060)

    # --- requests that come ---

    def _call(self, call_id):
        return self.known.get(call_id)

    def _request(self, request, source):
        said = self.said.get((request.branch(), request.method))
        if said and request.method != "ACK":
            self._send(*said)
            return
        call = self._call(request["call-id"])
        if request.method == "INVITE" and call is None:
            self._invited(request)
        elif request.method == "INVITE":
            call.acked = False
            self.respond(request, 200, call, call.sdp(), until=lambda: call.acked or call.state == "over")
        elif request.method == "ACK" and call is not None:
            call.acked = True
        elif request.method == "BYE" and call is not None:
            self.respond(request, 200, call)
            call.set("over", 200)
        elif request.method == "CANCEL" and call is not None:
            self.respond(request, 200, call)
            if call.state == "ringing":  # else it came too late, and a BYE follows
                self.respond(call.invite, 487, call, until=lambda: call.acked)
                call.set("over", 487)
        elif request.method in ("BYE", "CANCEL"):
            self.respond(request, 481)
        elif request.method != "ACK":
            with self.changed:
                self.answers.setdefault(request.method, []).append(request)
                if request.method == "NOTIFY" and call is not None and request.body.startswith("SIP/2.0 "):
                    call.told.append(int(request.body.split()[1]))
                self.changed.notify_all()
            self.respond(request, 200)

    def _invited(self, request):
        local = request["to"] + ";tag=" + uuid.uuid4().hex[:8]
        call = self.known[request["call-id"]] = Call(self, request["call-id"], True, local, request["from"],
                                                     address(request["contact"]), request)
        self.on_call(call)
        with self.changed:
            self.calls.append(call)
            self.changed.notify_all()

    # --- answers that come ---

    def _response(self, response):
        key = (response.branch(), response.method)
        if response.status < 200 and response.method != "INVITE":
            return
        with self.lock:
            self.pending.pop(key, None)
        with self.changed:
            self.answers[key] = response
            self.changed.notify_all()
        call = self._call(response["call-id"])
        if response.method == "INVITE" and call is not None:
            self._invite_answered(call, response)

    def _invite_answered(self, call, response):
        if 100 < response.status < 200 and call.state == "calling":
            call.set("ringing")
        if response.body and response.status < 300:
            call.hear(response.body)
        if response.status < 200:
            return
        if response.status >= 300 and int(response.cseq) != call.invited:  # once more what was answered to the one before
            self._refused(call, response)
            return
        call.remote = response["to"]
        if response.status < 300:
            call.target = address(response["contact"])
            self.request("ACK", call.target, call.local, call.remote, call.call_id, int(response.cseq))
            if call.state in ("calling", "ringing"):
                call.set("up")
            elif call.cancelled and call.state == "over":  # their 200 crossed with our CANCEL
                call.cancelled = False
                call.request("BYE")
        else:
            self._refused(call, response)
            challenge = response["www-authenticate"] or response["proxy-authenticate"]
            if response.status in (401, 407) and self.password is not None and call.invited == 1 and not call.incoming:
                self._call_again(call, challenge)
            elif call.state != "up":
                call.set("over", response.status)

    def _refused(self, call, response):
        self.request("ACK", call.target, call.local, response["to"], call.call_id, int(response.cseq), branch=response.branch())

    def _call_again(self, call, challenge):
        """With the password, as it was asked for."""
        call.remote, call.cseq, call.invited = "<%s>" % call.uri, 2, 2
        call.branch = self.request("INVITE", call.uri, call.local, call.remote, call.call_id, 2,
                                   call.extra + self._authorization(challenge, call.uri, "INVITE"), call.sdp())

    # --- what the person does ---

    def register(self, expires=120):
        """As telephones do: once more after a moment, where the centre's Asterisk does not know it yet."""
        end = time.monotonic() + DEADLINE
        answer = self._try_to_register(expires)
        while answer is not None and answer.status in (401, 404) and time.monotonic() < end:
            with self.changed:
                self.changed.wait(0.5)
            answer = self._try_to_register(expires)
        assert answer is not None and answer.status == 200, (self.user, answer and answer.first)
        self.registered = time.monotonic(), expires

    def _try_to_register(self, expires):
        """The last answer; None: there was none."""
        uri, me = "sip:" + self.server, "<sip:%s@%s>" % (self.user, self.server)
        call_id, tag, extra = uuid.uuid4().hex, uuid.uuid4().hex[:8], "Expires: %d\r\n" % expires
        for cseq in 1, 2:
            branch = self.request("REGISTER", uri, me + ";tag=" + tag, me, call_id, cseq, extra)
            with self.changed:
                self.changed.wait_for(lambda b=branch: (b, "REGISTER") in self.answers, DEADLINE)
                answer = self.answers.get((branch, "REGISTER"))
            if answer is None or answer.status != 401:
                break
            extra += self._authorization(answer["www-authenticate"], uri)
        return answer

    def _authorization(self, challenge, uri, method="REGISTER"):
        realm, nonce = (re.search(r'%s="([^"]*)"' % w, challenge).group(1) for w in ("realm", "nonce"))
        ha1, ha2 = md5("%s:%s:%s" % (self.user, realm, self.password)), md5(method + ":" + uri)
        qop = "qop=" in challenge
        response = md5("%s:%s:00000001:abc:auth:%s" % (ha1, nonce, ha2) if qop else "%s:%s:%s" % (ha1, nonce, ha2))
        return 'Authorization: Digest username="%s", realm="%s", nonce="%s", uri="%s", response="%s", algorithm=MD5%s\r\n' % (
            self.user, realm, nonce, uri, response, ', qop=auth, nc=00000001, cnonce="abc"' if qop else "")

    def call(self, number, name=None, extra=""):
        uri = "sip:%s@%s" % (number, self.server)
        local = '"%s" <sip:%s@127.0.0.1:%d>;tag=%s' % (name or self.user, self.user, self.port, uuid.uuid4().hex[:8])
        call = Call(self, uuid.uuid4().hex, False, local, "<%s>" % uri, uri)
        call.uri, call.extra = uri, extra
        self.known[call.call_id] = call
        with self.changed:
            self.calls.append(call)
        call.branch = self.request("INVITE", uri, local, call.remote, call.call_id, 1, extra, call.sdp())
        return call

    def cancel(self, call):
        self.request("CANCEL", call.uri, call.local, "<%s>" % call.uri, call.call_id, call.invited, branch=call.branch)

    def wait_call(self, fits=lambda call: True):
        """The first call that rings here."""
        with self.changed:
            if not self.changed.wait_for(lambda: [c for c in self.calls if c.state == "ringing" and c.incoming and fits(c)], DEADLINE):
                raise AssertionError("%s does not ring; %s" % (self.user, self.trace[-6:]))
            return next(c for c in self.calls if c.state == "ringing" and c.incoming and fits(c))

    def current(self):
        return next((c for c in reversed(self.calls) if c.state in ("up", "ringing", "calling")), None)

    def close_calls(self):
        for call in self.calls:
            if call.state != "over":
                call.hang_up()
        self.calls = []

    def close(self):
        with self.lock:
            self.stopped = True
            self.unanswered.set()
        for call in self.calls:
            call.set("over")
        self.socket.close()
