# SPDX-License-Identifier: GPL-3.0-or-later
"""Both ends of many calls in one thread over UDP: customers who call a server, and members who answer whatever it sends them at
once. Nothing is registered, nothing checked beyond what the load needs; a bench's own cost is small and the same for every server.
"""
import collections
import hashlib
import os
import re
import selectors
import socket
import statistics
import time

RESEND = 0.5
SDP = "v=0\r\no=load 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=ptime:20\r\n"
SHORT = {"v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact"}


class Message:
    def __init__(self, text):
        head, _, self.body = text.partition("\r\n\r\n")
        self.first, *lines = head.split("\r\n")
        self.lines = collections.defaultdict(list)
        for line in lines:
            name, _, value = line.partition(":")
            name = name.strip().lower()
            self.lines[SHORT.get(name, name)].append(value.strip())
        self.status = int(self.first[8:11]) if self.first.startswith("SIP/2.0") else 0
        self.method = self["cseq"].split()[1]

    def __getitem__(self, name):
        values = self.lines.get(name)
        return values[0] if values else ""

    def media_port(self):
        found = re.search(r"m=audio (\d+)", self.body)
        return int(found.group(1)) if found else 0


class Line:
    """A member's registration."""

    def __init__(self, user, password):
        self.user, self.password, self.cseq, self.status, self.proof, self.sent = user, password, 0, 0, "", 0.0


class Call:
    def __init__(self, number, call_id):
        self.number, self.call_id, self.began, self.sent, self.took = number, call_id, 0.0, 0.0, None
        self.to = self.invite = self.target = None
        self.state = "calling"  # up, ending, over


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else None


class Load:
    """media: the port that both ends name for their sound; 0: one where nobody listens."""

    def __init__(self, media=0):
        self.selector = selectors.DefaultSelector()
        self.sockets = {}
        for name in "customers", "members":
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            one.bind(("127.0.0.1", 0))
            one.setblocking(False)
            self.sockets[name] = one
            self.selector.register(one, selectors.EVENT_READ, getattr(self, "_" + name))
        self.customer_port, self.member_port = (self.sockets[n].getsockname()[1] for n in ("customers", "members"))
        self.media = media or self.customer_port
        self.calls, self.n, self.prefix = {}, 0, os.urandom(4).hex()
        self.ports = set()      # of the server's, where it wants to hear
        self.rung = set()       # Call-IDs that reached a member
        self.failed = collections.Counter()
        self.lines = {}         # Call-ID of a REGISTER → Line

    def watch(self, source, on_ready):
        """Another source of events, looked after in the same thread."""
        self.selector.register(source, selectors.EVENT_READ, on_ready)

    def _read(self, name):
        while True:
            try:
                data, source = self.sockets[name].recvfrom(65536)
            except BlockingIOError:
                return
            text = data.decode(errors="replace")
            if "SIP/2.0" in text[:200]:
                yield Message(text), source

    def _respond(self, name, request, source, status, body="", port=0):
        to = request["to"] if "tag=" in request["to"] else request["to"] + ";tag=m"
        lines = ["Via: " + v for v in request.lines["via"]] + ["Record-Route: " + r for r in request.lines["record-route"]]
        lines += ["From: " + request["from"], "To: " + to, "Call-ID: " + request["call-id"], "CSeq: " + request["cseq"],
                  "Contact: <sip:load@127.0.0.1:%d>" % port]
        if body:
            lines.append("Content-Type: application/sdp")
        text = "SIP/2.0 %d X\r\n%s\r\nContent-Length: %d\r\n\r\n%s" % (status, "\r\n".join(lines), len(body), body)
        self.sockets[name].sendto(text.encode(), source)

    # --- members ---

    def _members(self):
        for message, source in self._read("members"):
            if message.method == "REGISTER":
                self._registered(message)
            if message.status or message.method == "ACK":
                continue
            if message.method == "INVITE":
                self.rung.add(message["call-id"])
                self.ports.add(message.media_port())
                self._respond("members", message, source, 200, SDP % self.media, self.member_port)
            else:
                self._respond("members", message, source, 200, "", self.member_port)

    def _register(self, line):
        line.cseq += 1
        host, port = self.server
        text = ("REGISTER sip:%s:%d SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK%s%s%d;rport\r\nMax-Forwards: 70\r\n"
                "From: <sip:%s@%s>;tag=r\r\nTo: <sip:%s@%s>\r\nCall-ID: %s-%s\r\nCSeq: %d REGISTER\r\n"
                "Contact: <sip:%s@127.0.0.1:%d>\r\nExpires: 300\r\n%sContent-Length: 0\r\n\r\n") % (
                    host, port, self.member_port, self.prefix, line.user, line.cseq, line.user, host, line.user, host, self.prefix,
                    line.user, line.cseq, line.user, self.member_port, line.proof)
        self.sockets["members"].sendto(text.encode(), self.server)
        line.sent = time.perf_counter()

    def _registered(self, message):
        line = self.lines.get(message["call-id"])
        if line is None or int(message["cseq"].split()[0]) != line.cseq:
            return
        line.status = message.status
        if message.status != 401:
            return
        asked = dict(re.findall(r'(\w+)="?([^",]*)"?', message["www-authenticate"]))
        uri, count, own = "sip:%s:%d" % self.server, "00000001", os.urandom(4).hex()
        first = hashlib.md5(("%s:%s:%s" % (line.user, asked["realm"], line.password)).encode()).hexdigest()
        second = hashlib.md5(("REGISTER:" + uri).encode()).hexdigest()
        proof = hashlib.md5(":".join((first, asked["nonce"], count, own, "auth", second)).encode()).hexdigest()
        line.proof = ('Authorization: Digest username="%s", realm="%s", nonce="%s", uri="%s", response="%s", algorithm=MD5, '
                      'cnonce="%s", nc=%s, qop=auth, opaque="%s"\r\n') % (
                          line.user, asked["realm"], asked["nonce"], uri, proof, own, count, asked.get("opaque", ""))
        self._register(line)

    def register(self, server, passwords, at_once=20, seconds=300):
        """Members prove who they are, so many at a time, each again after half a second of silence or a refusal. Seconds."""
        self.server, began, left, under_way = server, time.monotonic(), list(passwords.items()), []
        while left or under_way:
            assert time.monotonic() < began + seconds, "%d are not registered: %s" % (
                len(left) + len(under_way), collections.Counter(l.status for l in under_way))
            while left and len(under_way) < at_once:
                line = Line(*left.pop(0))
                self.lines["%s-%s" % (self.prefix, line.user)] = line
                under_way.append(line)
                self._register(line)
            self.turn(0.05)
            under_way = [l for l in under_way if l.status != 200]
            for line in under_way:
                if time.perf_counter() - line.sent > RESEND:
                    line.status, line.proof = 0, ""
                    self._register(line)
        return time.monotonic() - began

    # --- customers ---

    def _send(self, call, method, cseq, body="", branch=None):
        branch = branch or "z9hG4bK%s%d%s%d" % (self.prefix, call.n, method, cseq)
        uri = call.target or "sip:%s@%s:%d" % (call.number, *self.server)
        text = ("%s %s SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%d;branch=%s;rport\r\nMax-Forwards: 70\r\n"
                "From: <sip:c%d@127.0.0.1:%d>;tag=c\r\nTo: %s\r\nCall-ID: %s\r\nCSeq: %d %s\r\n"
                "Contact: <sip:c%d@127.0.0.1:%d>\r\n%sContent-Length: %d\r\n\r\n%s") % (
                    method, uri, self.customer_port, branch, call.n, self.customer_port,
                    call.to or "<sip:%s@%s:%d>" % (call.number, *self.server), call.call_id, cseq, method, call.n,
                    self.customer_port, "Content-Type: application/sdp\r\n" if body else "", len(body), body)
        self.sockets["customers"].sendto(text.encode(), self.server)
        call.sent = time.perf_counter()

    def place(self, number):
        self.n += 1
        call = Call(number, "%s-%d" % (self.prefix, self.n))
        call.n = self.n
        self.calls[call.call_id] = call
        call.began = time.perf_counter()
        self._send(call, "INVITE", 1, SDP % self.media)
        return call

    def hang_up(self, call):
        call.state = "ending"
        self._send(call, "BYE", 2)

    def _over(self, call):
        call.state = "over"
        self.calls.pop(call.call_id, None)

    def _customers(self):
        for message, source in self._read("customers"):
            call = self.calls.get(message["call-id"])
            if not message.status:
                if message.method != "ACK":
                    self._respond("customers", message, source, 200, "", self.customer_port)
                if call is not None and message.method == "BYE":
                    self.failed["ended by the server"] += call.state == "up"
                    self._over(call)
            elif call is not None:
                self._answered(call, message)

    def _answered(self, call, message):
        if message.method == "BYE":
            self._over(call)
        elif message.status < 200:
            call.sent = float("inf")
        elif message.status < 300:
            call.to, call.target = message["to"], re.search(r"<([^>]*)>", message["contact"]).group(1)
            self._send(call, "ACK", 1)
            if call.state == "calling":
                call.state, call.took = "up", time.perf_counter() - call.began
                self.ports.add(message.media_port())
                self.on_up(call)
        else:
            call.to = message["to"]
            self._send(call, "ACK", 1, branch="z9hG4bK%s%d%s%d" % (self.prefix, call.n, "INVITE", 1))
            self.failed[message.status] += 1
            self._over(call)

    def on_up(self, call):
        """What a customer does who has been answered."""

    def turn(self, seconds=0.05):
        for key, _ in self.selector.select(seconds):
            key.data()
        now = time.perf_counter()
        for call in [c for c in self.calls.values() if c.state in ("calling", "ending") and now - c.sent > RESEND]:
            if call.state == "calling":
                self._send(call, "INVITE", 1, SDP % self.media)
            else:
                self._send(call, "BYE", 2)

    def until(self, what, check, seconds=60):
        end = time.monotonic() + seconds
        while not check():
            assert time.monotonic() < end, "not within %d s: %s; %s" % (seconds, what, dict(self.failed))
            self.turn()

    def run(self, server, number, calls, at_once, hold=0.0):
        """So many calls, so many of them at once, each ended when it has been up for `hold` seconds. Times in ms."""
        self.server, took, ups, began = server, [], collections.deque(), time.monotonic()

        def on_up(call):
            took.append(call.took * 1000)
            ups.append((time.monotonic() + hold, call))
        self.on_up, left, rung, n_failed = on_up, calls, len(self.rung), sum(self.failed.values())
        deadline = began + 120
        while left > 0 or self.calls:
            assert time.monotonic() < deadline, "stuck with %d calls: %s" % (len(self.calls), dict(self.failed))
            while left > 0 and len(self.calls) < at_once:
                left -= 1
                self.place(number)
            while ups and ups[0][0] <= time.monotonic():
                call = ups.popleft()[1]
                if call.state == "up":
                    self.hang_up(call)
            self.turn(max(0.0, min(0.05, ups[0][0] - time.monotonic())) if ups else 0.05)
        seconds = time.monotonic() - began
        return {"calls": calls, "answered": len(took), "rung": len(self.rung) - rung, "failed": sum(self.failed.values()) - n_failed,
                "per_second": round(calls / seconds, 1), "seconds": round(seconds, 2),
                "answer_ms_p50": round(statistics.median(took), 1) if took else None,
                "answer_ms_p99": round(percentile(took, 0.99), 1) if took else None}

    def close(self):
        for one in self.sockets.values():
            one.close()
        self.selector.close()
