# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that others wrote in the places of people of a scenario, each with what scenario.py asks of a telephone (sip.Phone).
baresip has a tone and ears of its own: what it hears is read from the files that it writes while it hears it. SIPp is a customer
who sends back what it hears: who talks with it hears its own voice, and whoever else it hears."""

import json
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import threading
import time
import uuid

import numpy as np

import api
import child
import peers
import rtp
import sip
from ports import free_port


STAMP = "dump-%Y-%m-%d-%H-%M-%S"


class Server:
    """Where calls and registrations go to."""

    def __init__(self, address):
        self.host, port = address.rsplit(":", 1)
        self.port, self.tls_port = int(port), None


class Ears:
    """The last of what baresip wrote down; it writes one file a call, and none of a call that it holds."""

    def __init__(self, folder):
        self.folder, self.keyed = pathlib.Path(folder), ""

    def samples(self, since):
        seconds = time.monotonic() - since
        return max((self._of(f, seconds) for f in self.folder.glob("dump-*-dec.wav")), key=len, default=np.zeros(0))

    @staticmethod
    def _of(path, seconds):
        with open(path, "rb") as f:
            about = os.fstat(f.fileno())
            begin = f.read(100).find(b"data") + 8
            heard = int((seconds - max(0, time.time() - about.st_mtime)) * rtp.RATE)
            there = (about.st_size - begin) // 2
            if heard <= 0 or there <= 0:
                return np.zeros(0)
            f.seek(begin + 2 * max(0, there - heard))
            return np.frombuffer(f.read(2 * min(heard, there)), dtype="<i2") / 32768.0


class BaresipCall:
    """One of the calls of a baresip, as that tells of it."""

    def __init__(self, phone, call_id, incoming):
        self.phone, self.call_id, self.incoming = phone, call_id, incoming
        self.state, self.status, self.on_hold, self.told = "ringing" if incoming else "calling", 0, False, []
        self.sound = phone.ears

    wait, wait_told = sip.Call.wait, sip.Call.wait_told

    def tell(self, *commands):
        """To do so with this of its calls."""
        if self.call_id is not None:
            self.phone.command("callfind", self.call_id)
        for command in commands:
            self.phone.command(*command.split(" ", 1))

    def answer(self):
        """As baresip does: the one before is held."""
        for other in self.phone.calls:
            other.on_hold = other.on_hold or other.state == "up"
        self.phone.listen_anew()
        self.tell("accept")
        return self

    def refuse(self, _status=486):
        self.tell("hangup")

    def hang_up(self):
        self.tell("hangup")

    def hold(self, on=True):
        self.on_hold = on
        self.tell("hold" if on else "resume")

    def refer(self, target, replaces=None):
        """202: what is answered to it is told as all that follows is."""
        self.told = [100]
        self.tell("transfer <%s>" % (sip.replacing(target, replaces) if replaces else target))
        return 202

    def tag(self, which):
        """What stands in the last answer to an INVITE of this call."""
        ours, theirs = ("to", "from") if self.incoming else ("from", "to")
        answers = [m for m in self.phone.messages() if m.status == 200 and m.method == "INVITE" and m["call-id"] == self.call_id]
        return answers[-1][ours if which == "local" else theirs]

    local, remote = property(lambda self: self.tag("local")), property(lambda self: self.tag("remote"))


class Baresip(peers.Agent):
    def __init__(self, server, user, password=None, hz=0):
        self.place = tempfile.TemporaryDirectory(prefix="baresip-")
        self.server, self.calls, self.changed = server, [], threading.Condition()
        self.answers, self.asked = {}, 0
        super().__init__(Server(server), self.place.name, user=user, password=password or "none", hz=hz, dbfs=-24.0, answer="manual",
                         expires=300 if password else 0)
        self.user, self.ears = user, Ears(self.folder)
        self._write_only_what_it_hears()
        self.control = peers.wait_for("baresip's control port", self._connect)
        threading.Thread(target=self._read, daemon=True).start()
        if password:
            peers.wait_for("baresip's registration", lambda: re.search(r"200 OK .*binding", self.log()))

    wait_call, current, close_calls = sip.Phone.wait_call, sip.Phone.current, sip.Phone.close_calls

    def _write_only_what_it_hears(self):
        """It also writes what it says, and where that goes well it hears nothing more after a hold of its own."""
        now = time.time()
        for second in range(600):
            os.mkdir(self.folder / time.strftime(STAMP + "-enc.wav", time.localtime(now + second)))

    def _connect(self):
        try:
            return socket.create_connection(("127.0.0.1", self.control_port))
        except OSError:
            return None

    # --- its words ---

    def command(self, command, params=""):
        with self.changed:
            self.asked += 1
            token = str(self.asked)
        text = json.dumps({"command": command, "params": params, "token": token}).encode()
        self.control.sendall(b"%d:%s," % (len(text), text))
        with self.changed:
            assert self.changed.wait_for(lambda: token in self.answers, api.DEADLINE), "no answer to " + command
            return self.answers.pop(token)

    def _read(self):
        """Its answers and what happens to it, each as "LENGTH:JSON,"."""
        data = b""
        while True:
            try:
                more = self.control.recv(65536)
            except OSError:
                return
            if not more:
                return
            data += more
            while b":" in data:
                size, _, rest = data.partition(b":")
                if len(rest) <= int(size):
                    break
                self._take(json.loads(rest[:int(size)]))
                data = rest[int(size) + 1:]

    def _take(self, said):
        with self.changed:
            if said.get("response"):
                self.answers[said.get("token")] = said.get("data", "")
            elif said.get("class") == "call":
                self._happened(said["type"], self._call(said), said.get("param", ""))
            self.changed.notify_all()

    def _call(self, said):
        call = next((c for c in self.calls if c.call_id == said["id"]), None)
        if call is None and said["direction"] == "outgoing":
            call = next(c for c in self.calls if c.call_id is None)
            call.call_id = said["id"]
        elif call is None:
            call = BaresipCall(self, said["id"], True)
            self.calls = self.calls + [call]
        return call

    def _happened(self, what, call, more):
        if what in ("CALL_RINGING", "CALL_PROGRESS"):
            call.state = "ringing"
        elif what == "CALL_ESTABLISHED":
            call.state = "up"
        elif what == "CALL_DTMF_START":
            self.ears.keyed += more
        elif what in ("CALL_CLOSED", "TRANSFER_FAILED"):
            found = re.match(r"(\d{3}) ", more)
            call.state, call.status = "over", int(found.group(1)) if found else 200
            # Where the BYE overtakes the last word on its REFER, it is all that it is told.
            if what == "TRANSFER_FAILED" or more == "Call transfered" or call.told == [100]:
                call.told.append(call.status)
            if what == "CALL_CLOSED":  # it goes back to the one that waits
                held = next((c for c in self.calls if c.on_hold and c.state == "up"), call)
                held.on_hold = False

    def messages(self):
        """What it said and was told, in its words of SIP."""
        found = re.findall(r"^((?:[A-Z]+ \S+ SIP/2\.0|SIP/2\.0 \d{3} [^\n]*)\r?\n(?:[\w-]+: [^\n]*\n)+)", self.log(), re.M)
        return [sip.Message(re.sub(r"\r?\n", "\r\n", text) + "\r\n") for text in found]

    @property
    def trace(self):
        return [m.first for m in self.messages() if m.method not in ("REGISTER", "OPTIONS")]

    # --- what the person does ---

    def listen_anew(self):
        """Its files are named by the second."""
        peers.wait_for("a second that has no file yet", lambda: not (self.folder / time.strftime(STAMP + "-dec.wav")).exists())

    def call(self, number):
        call = BaresipCall(self, None, False)
        self.listen_anew()
        with self.changed:
            self.calls = self.calls + [call]
        self.command("dial", "sip:%s@%s" % (number, self.server))
        return call

    def close(self):
        """Without a word: the next telephone at this place registers over it."""
        self.process.kill()
        self.process.wait()
        self.control.close()
        self.place.cleanup()


class Ear(rtp.Sound):
    """Where SIPp has its sound: what comes is heard here and handed on, what SIPp sends back goes out. SIPp leaves the name of the
    source in it, by which RTP knows a loop: it gets one of its own."""

    def __init__(self, port):
        self.mouth = ("127.0.0.1", port)
        super().__init__()

    def talk(self):
        pass

    def heard_from(self, data, source):
        if source == self.mouth:
            if self.remote is not None:
                self.socket.sendto(data[:8] + b"SIPp" + data[12:], self.remote)
            return False
        self.remote = source
        self.socket.sendto(data, self.mouth)
        return True


def message(method, to="", extra="", body=""):
    """A request of the call; what follows on the first belongs to that one."""
    own = {"ACK": "", "CANCEL": ""}.get(method, ' retrans="500"')
    kind = "Content-Type: application/sdp\n" if body else ""
    return """<send%s><![CDATA[

%s sip:[service]@[remote_ip]:[remote_port] SIP/2.0
%sTo: <sip:[service]@[remote_ip]:[remote_port]>%s
CSeq: %s
%sContent-Length: [len]

%s]]></send>""" % (own, method, peers.HEAD, to, extra, kind, body)


def held(sdp, label):
    """An INVITE within the call."""
    again = message("INVITE", "[peer_tag_param]", "[cseq] INVITE", sdp).replace("[branch]", "[branch]-[cseq]")
    acked = message("ACK", "[peer_tag_param]", "[cseq] ACK").replace("<send", '<send next="talk"')
    return '<label id="%s"/>%s<recv response="100" optional="true"/><recv response="200"/>%s' % (label, again, acked)


class SippCall:
    """One call of SIPp, which does what it is told: a word comes to it as a request of its own call."""

    STEPS = (
        '<?xml version="1.0" encoding="UTF-8"?><scenario name="customer">' + message("INVITE", "", "1 INVITE", peers.SDP) +
        '<label id="ringing"/><recv response="100" optional="true"/><recv response="180" optional="true" next="ringing"/>'
        '<recv response="183" optional="true" next="ringing"/><recv request="LEAVE" optional="true" next="cancel"/>'
        '<recv response="200"/>' + message("ACK", "[peer_tag_param]", "1 ACK").replace("[branch]", "[branch]-ack") +
        '<label id="talk"/><recv request="HOLD" optional="true" next="hold"/><recv request="RESUME" optional="true" next="resume"/>'
        '<recv request="LEAVE" optional="true" next="leave"/><recv request="BYE"/><send next="end"><![CDATA[\n\nSIP/2.0 200 OK\n'
        '[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\nContent-Length: 0\n\n]]></send>' +
        held(peers.SDP + "a=sendonly\n", "hold") + held(peers.SDP + "a=sendrecv\n", "resume") +
        '<label id="leave"/>' + message("BYE", "[peer_tag_param]", "[cseq] BYE") + '<recv response="200" next="end"/>'
        '<label id="cancel"/>' + message("CANCEL", "", "1 CANCEL") + '<recv response="200"/><recv response="487"/>' +
        message("ACK", "[peer_tag_param]", "1 ACK") + '<label id="end"/></scenario>')

    def __init__(self, phone, number):
        self.phone, self.on_hold, self.call_id, self.said = phone, False, uuid.uuid4().hex, 0
        self.port, media = free_port(), free_port(2)
        self.sound = Ear(media)
        folder = pathlib.Path(phone.place.name)
        self.scenario, self.heard = folder / ("%d.xml" % self.port), folder / ("%d.msg" % self.port)
        steps = self.STEPS
        for label, n in ("ringing", 1), ("talk", 2), ("hold", 3), ("resume", 4), ("leave", 5), ("cancel", 6), ("end", 7):
            steps = steps.replace('id="%s"' % label, 'id="%d"' % n).replace('next="%s"' % label, 'next="%d"' % n)
        self.scenario.write_text(steps.replace("[name]", phone.user).replace("[caller]", phone.user))
        self.process = subprocess.Popen(
            ["sipp", phone.server, "-sf", str(self.scenario), "-i", "127.0.0.1", "-p", str(self.port), "-m", "1", "-s", number,
             "-cid_str", self.call_id, "-rtp_echo", "-mp", str(media), "-key", "audio_port", str(self.sound.port), "-nostdin",
             "-trace_msg", "-message_file", str(self.heard), "-timeout", "300s", "-timeout_error"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, preexec_fn=child.tied)
        threading.Thread(target=self._end, daemon=True).start()

    def _end(self):
        self.process.wait()
        self.sound.close()
        with self.phone.changed:
            self.phone.changed.notify_all()

    @property
    def state(self):
        return "up" if self.process.poll() is None else "over"

    def messages(self):
        return self.heard.read_text(errors="replace") if self.heard.exists() else ""

    def tell(self, word):
        self.said += 1
        text = "%s sip:customer SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK%d\r\nFrom: <sip:test>;tag=t\r\n" \
               "To: <sip:customer>\r\nCall-ID: %s\r\nCSeq: %d %s\r\nContent-Length: 0\r\n\r\n" % (
                   word, self.said, self.call_id, self.said, word)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.sendto(text.encode(), ("127.0.0.1", self.port))

    def hang_up(self):
        if self.state == "up":
            self.tell("LEAVE")

    def hold(self, on=True):
        acks = self.messages().count("\nACK ")
        self.tell("HOLD" if on else "RESUME")
        api.until(lambda: self.messages().count("\nACK ") > acks, what="the end of SIPp's INVITE")
        self.on_hold = on


class Sipp:
    """A customer."""

    def __init__(self, server, user):
        self.server, self.user, self.calls, self.changed = server, user, [], threading.Condition()
        self.place = tempfile.TemporaryDirectory(prefix="sipp-")

    current = sip.Phone.current

    def call(self, number):
        self.calls.append(SippCall(self, number))

    @property
    def trace(self):
        return re.findall(r"^(?:[A-Z]+ \S+ SIP/2\.0|SIP/2\.0 .*)", "".join(c.messages() for c in self.calls), re.M)

    def close_calls(self):
        """All that was said to it was what it was waiting for."""
        calls, self.calls = self.calls, []
        for call in calls:
            call.hang_up()
        for call in calls:
            try:
                assert call.process.wait(api.DEADLINE) == 0, "SIPp ended with %s; %s" % (call.process.returncode, call.messages())
            except subprocess.TimeoutExpired:
                call.process.kill()
                raise

    def close(self):
        for call in self.calls:
            call.process.kill()
            call.process.wait()
        self.place.cleanup()
