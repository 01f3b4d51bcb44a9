# SPDX-License-Identifier: GPL-3.0-or-later
"""The peers of the voice engine's tests: the engine itself by engine-cli, SIPp as customers whose sound is ours, baresip
as an agent's phone, and a raw socket for what no decent phone would send.  Everything is on loopback and on free ports;
every wait has a deadline; everything started is ended."""
import bisect
import hashlib
import json
import os
import pathlib
import re
import socket
import struct
import subprocess
import sys
import threading
import time
import wave

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "rig"))
import child  # noqa: E402
import opus  # noqa: E402,F401
import wav  # noqa: E402
from patience import DEADLINE, OFTEN, pause  # noqa: E402
from ports import free_port  # noqa: E402

CLI = os.environ.get("ENGINE_CLI", "engine-cli")
TIMEOUT = f"{10 * DEADLINE}s"  # of a SIPp, which a test may keep as long as it likes


def wait_for(what, check, seconds=None, least=OFTEN):
    """The first true value of check (); asks again and again, as what it looks at has no event."""
    begun = time.monotonic()
    while (waited := time.monotonic() - begun) < (seconds or DEADLINE):
        value = check()
        if value:
            return value
        time.sleep(pause(waited, least))
    raise AssertionError(f"not within {seconds or DEADLINE} s: {what}")


def wait_bound(port):
    """Until somebody listens on this UDP port."""
    def bound():
        with open("/proc/net/udp") as f:
            return any(int(line.split()[1].split(":")[1], 16) == port for line in f.readlines()[1:])
    wait_for(f"a listener on port {port}", bound)


class Engine:
    """engine-cli: requests in, events out."""

    def __init__(self, log=None, **config):
        config.setdefault("trunks", [{"name": "world", "addresses": ["127.0.0.0/8"]}])
        self.process = subprocess.Popen([CLI, json.dumps(config)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        stderr=log, preexec_fn=child.tied)
        self.events, self.condition, self.count = [], threading.Condition(), 0
        threading.Thread(target=self._read, daemon=True).start()
        ready = self.wait("ready")
        self.address = ready["detail"]
        self.host, self.port = "127.0.0.1", int(ready["detail"].rsplit(":", 1)[1])
        self.tls_port = int(ready["tls"].rsplit(":", 1)[1]) if "tls" in ready else None

    def _read(self):
        for line in self.process.stdout:
            with self.condition:
                self.events.append(json.loads(line))
                self.condition.notify_all()
        with self.condition:
            self.events.append({"event": "exit"})
            self.condition.notify_all()

    def wait(self, event, seconds=None, after=0, **fields):
        """The first event of this name and these fields, from position `after` on."""
        deadline = time.monotonic() + (seconds or DEADLINE)
        with self.condition:
            while True:
                for e in self.events[after:]:
                    if e["event"] == event and all(e.get(k) == v for k, v in fields.items()):
                        return e
                    if e["event"] == "exit":
                        raise AssertionError(f"the engine ended while waiting for {event} {fields}: {self.events}")
                if not self.condition.wait(max(0, deadline - time.monotonic())) and time.monotonic() >= deadline:
                    raise AssertionError(f"no {event} {fields}; had {self.events[after:]}")

    def seen(self, event, **fields):
        with self.condition:
            return [e for e in self.events if e["event"] == event and all(e.get(k) == v for k, v in fields.items())]

    def position(self):
        with self.condition:
            return len(self.events)

    def send(self, do, **fields):
        return self.send_all((do, fields))[0]

    def send_all(self, *requests):
        """At once: (do, fields) of each."""
        said = []
        for do, fields in requests:
            self.count += 1
            said.append({"do": do, "id": f"r{self.count}", **fields})
        self.process.stdin.write("".join(json.dumps(one) + "\n" for one in said))
        self.process.stdin.flush()
        return [one["id"] for one in said]

    def end_of(self, request, seconds=None):
        """The one event that ends a request."""
        deadline = time.monotonic() + (seconds or DEADLINE)
        with self.condition:
            while True:
                for e in self.events:
                    if e["event"] in ("done", "failed") and e.get("request") == request:
                        return e
                if not self.condition.wait(max(0, deadline - time.monotonic())) and time.monotonic() >= deadline:
                    raise AssertionError(f"no end of {request}; had {self.events}")

    def do(self, do, **fields):
        end = self.end_of(self.send(do, **fields))
        assert end["event"] == "done", (do, fields, end)
        return end

    def refused(self, do, **fields):
        end = self.end_of(self.send(do, **fields))
        assert end["event"] == "failed", (do, fields, end)
        return end["code"]

    def is_alive(self):
        return self.process.poll() is None

    def close(self):
        if self.is_alive():
            self.process.stdin.close()
        try:
            code = self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the engine did not stop")
        assert code == 0, f"the engine ended with {code}"

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        if kind is None:
            self.close()
        elif self.is_alive():
            self.process.kill()
            self.process.wait()


def _ulaw(sample):
    sample = max(-32635, min(32635, sample))
    sign, sample = (0x80, -sample) if sample < 0 else (0, sample)
    sample += 132
    exponent = sample.bit_length() - 8
    return ~(sign | exponent << 4 | sample >> (exponent + 3) & 15) & 0xFF


def _linear(byte):
    byte = ~byte & 0xFF
    sample = (((byte & 15) << 3) + 132 << (byte >> 4 & 7)) - 132
    return -sample if byte & 0x80 else sample


LINEAR = np.array([_linear(b) for b in range(256)]) / 32768.0


class Sound:
    """One RTP end with PCMU: says a tone (or nothing), keeps what it hears with its time."""
    pace = 8000  # samples from one key to the next

    def __init__(self, hz=0, dbfs=-15.0):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.remote, self.stopped = None, False
        self.say(hz, dbfs)
        self.times, self.heard, self.digits, self.lock = [], [], [], threading.Lock()
        self.keyed, self._key_stamps = "", set()
        self.packets = self.sent = 0
        for run in self._talk, self._listen:
            threading.Thread(target=run, daemon=True).start()

    def say(self, hz, dbfs=-15.0):
        samples = wav.tone(hz, 1.0, 8000, dbfs) if hz else np.zeros(8000)
        self.words = bytes(_ulaw(int(s)) for s in samples * 32767)

    def key(self, digit):
        self.digits.append("0123456789*#ABCD".index(digit))

    def _packet(self, seq, stamp, kind, payload, marker=False):
        return struct.pack("!BBHII", 0x80, kind | (0x80 if marker else 0), seq & 0xFFFF, stamp & 0xFFFFFFFF, 0xC0FFEE) + payload

    def _talk(self):
        seq = stamp = 0
        due = time.monotonic()
        while not self.stopped:
            due += 0.020
            time.sleep(max(0, due - time.monotonic()))
            if self.remote is None:
                continue
            out = []
            if self.digits and stamp % self.pace == 0:
                digit = self.digits.pop(0)
                for i in range(8):
                    ended = 0x80 if i >= 5 else 0
                    out.append((stamp, 101, struct.pack("!BBH", digit, ended | 10, min(i + 1, 6) * 160), i == 0))
            at = stamp % 8000
            out.append((stamp, 0, self.words[at:at + 160], False))
            stamp += 160
            try:
                for when, kind, payload, marker in out:
                    self.socket.sendto(self._packet(seq, when, kind, payload, marker), self.remote)
                    seq += 1
                self.sent += 1
            except OSError:
                return

    def _listen(self):
        while True:
            try:
                data, source = self.socket.recvfrom(2048)
            except OSError:
                return
            if len(data) < 12 or self.stopped:
                continue
            if self.remote is None:
                self.remote = source
            if data[1] & 0x7F == 101 and len(data) >= 16 and data[4:8] not in self._key_stamps:
                self._key_stamps.add(data[4:8])
                self.keyed += "0123456789*#ABCD"[data[12] & 15]
            if data[1] & 0x7F == 0:
                with self.lock:
                    self.packets += 1
                    self.times.append(time.monotonic())
                    self.heard.append(data[12:])

    def samples(self, since=0.0):
        return self.after(self.position(since))[1]

    def position(self, since):
        """How many packets were heard before."""
        with self.lock:
            return bisect.bisect_left(self.times, since)

    def after(self, position):
        """(how many packets were heard, what came in those after that many)."""
        with self.lock:
            count, parts = len(self.heard), self.heard[position:]
        return count, LINEAR[np.frombuffer(b"".join(parts), dtype=np.uint8)]

    def hears(self, what, check, seconds=1.0, within=None):
        """Waits until check (samples) is true of the last `seconds` of sound, all of it heard after now."""
        begin = time.monotonic()

        def last():
            got = self.samples(max(begin, time.monotonic() - seconds))
            return len(got) >= 8000 * seconds * 0.8 and check(got)
        try:
            wait_for(what, last, within, 0.06)  # of what it looks at, little is new after each packet
        except AssertionError:
            got = self.samples(time.monotonic() - seconds)
            raise AssertionError(f"not heard: {what}; {len(got)} samples, {wav.level(got):.1f} dBFS, "
                                 f"pitch {wav.pitch(got, 8000):.0f}, {wav.kind(got, 8000)}")

    def has_heard(self, what, check, since, seconds=1.0):
        """Waits until check (samples) is true of any `seconds` of sound heard since then, whatever came after."""
        def anywhere():
            got, size = self.samples(since), int(8000 * seconds)
            return any(check(got[at:at + size]) for at in range(0, len(got) - size + 1, size // 4))
        wait_for(what, anywhere)

    def hears_tone(self, hz, within=None):
        self.hears(f"{hz} Hz", lambda s: wav.has_tone(s, 8000, hz, share=0.8), within=within)

    def hears_nothing(self, within=None):
        self.hears("silence", lambda s: wav.level(s) < -60, within=within)

    def hears_music(self, within=None):
        self.hears("music", lambda s: wav.kind(s, 8000) == "music", seconds=3.0, within=within)

    def close(self):
        """What was heard stays."""
        self.stopped = True
        try:
            self.socket.shutdown(socket.SHUT_RDWR)  # wakes who listens
        except OSError:
            pass
        self.socket.close()


SDP = """v=0
o=customer 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio [audio_port] RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=ptime:20
"""

HEAD = """Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: "[name]" <sip:[caller]@[local_ip]:[local_port]>;tag=[pid]c[call_number]
Call-ID: [call_id]
Contact: <sip:[caller]@[local_ip]:[local_port]>
"""


def _request(method, to, cseq, extra="", body=""):
    kind = "Content-Type: application/sdp\n" if body else ""
    return f"""<send{' retrans="500"' if method != 'ACK' else ''}><![CDATA[

{method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
{HEAD}To: {to}
CSeq: {cseq} {method if method != 'ACK' else 'ACK'}
{extra}{kind}Content-Length: [len]

{body}]]></send>
"""


# CANCEL, and the ACK of a refusal, belong to the INVITE's transaction.
INVITE_BRANCH = "z9hG4bKi[pid]-[call_number]-[local_port]"
THEM = "<sip:[service]@[remote_ip]:[remote_port]>"


def _challenge():
    """The INVITE that is answered with 401, and what the second one needs to say; its CSeq is 2."""
    return (_request("INVITE", THEM, 1, "", SDP).replace("[branch]", INVITE_BRANCH) +
            '<recv response="100" optional="true"/><recv response="401" auth="true"/>' +
            _request("ACK", THEM + "[peer_tag_param]", 1).replace("[branch]", INVITE_BRANCH))


def _scenario(ends, headers, digest=None):
    """A customer: calls, then waits for our BYE ("engine"), hangs up when it is told to ("told") or after so many ms ("bye:MS"),
    gives up after so many ms of ringing ("cancel:MS"), or expects a refusal ("refused:STATUS")."""
    what, _, arg = ends.partition(":")
    refusal_ack = _request("ACK", THEM + "[peer_tag_param]", 1).replace("[branch]", INVITE_BRANCH)
    text = '<?xml version="1.0" encoding="UTF-8"?><scenario name="customer">'
    cseq, branch = 1, INVITE_BRANCH
    if digest:
        text += _challenge()
        headers += "[authentication username=%s password=%s]\n" % digest
        cseq, branch = 2, INVITE_BRANCH + "-2"
        refusal_ack = _request("ACK", THEM + "[peer_tag_param]", cseq).replace("[branch]", branch)
    text += _request("INVITE", THEM, cseq, headers, SDP).replace("[branch]", branch)
    text += '<recv response="100" optional="true"/>'
    if what == "refused":
        return text + f'<recv response="{arg}"/>' + refusal_ack + "</scenario>"
    if what == "cancel":
        text += '<recv response="180"/>' + f'<pause milliseconds="{arg}"/>'
        text += _request("CANCEL", THEM, 1).replace("[branch]", INVITE_BRANCH)
        return text + '<recv response="200"/><recv response="487"/>' + refusal_ack + "</scenario>"
    text += '<recv response="180" optional="true"/><recv response="183" optional="true"/>'
    text += '<recv response="200"/>' + _request("ACK", THEM + "[peer_tag_param]", cseq)
    if what in ("bye", "told"):
        text += '<recv request="MESSAGE"/>' if what == "told" else f'<pause milliseconds="{arg}"/>'
        text += _request("BYE", THEM + "[peer_tag_param]", cseq + 1) + '<recv response="200"/>'
    else:
        text += """<recv request="BYE"/><send><![CDATA[

SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>"""
    return text + "</scenario>"


_COPY = """[last_Via:]
[last_From:]
[last_To:];tag=[pid]o[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:outside@[local_ip]:[local_port]>
"""

_OUTSIDE = f"""<?xml version="1.0" encoding="UTF-8"?><scenario name="outside">
<recv request="INVITE" rrs="true"><action>
<ereg regexp="&lt;(.*)&gt;" search_in="hdr" header="Contact:" assign_to="whole,contact"/>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="called"/>
<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="cseq"/></action></recv>
<send><![CDATA[

PROGRESS]]></send>
TAKES
<Reference variables="whole,contact,caller,called,cseq"/>
</scenario>"""

_RINGS = f"""SIP/2.0 180 Ringing
{_COPY}Content-Length: 0

"""

_EARLY = f"""SIP/2.0 183 Session Progress
{_COPY}Content-Type: application/sdp
Content-Length: [len]

AUDIO"""

_TAKES = f"""<pause milliseconds="RINGING"/>
<send retrans="500"><![CDATA[

SIP/2.0 200 OK
{_COPY}Content-Type: application/sdp
Content-Length: [len]

AUDIO]]></send>
<recv request="ACK"/>
ENDS"""

_REFUSES = f"""<pause milliseconds="RINGING"/>
<send retrans="500"><![CDATA[

SIP/2.0 REFUSES
{_COPY}Content-Length: 0

]]></send>
<recv request="ACK"/>"""

_CANCELLED = f"""<recv request="CANCEL"/><send><![CDATA[

SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send><send retrans="500"><![CDATA[

SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
[last_To:];tag=[pid]o[call_number]
[last_Call-ID:]
CSeq: [$cseq] INVITE
Content-Length: 0

]]></send><recv request="ACK"/>"""

_ANSWER_BYE = """<recv request="BYE"/><send><![CDATA[

SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>"""

_OUTSIDE_BYE = """<send retrans="500"><![CDATA[

BYE [$contact] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From:[$called];tag=[pid]o[call_number]
To:[$caller]
Call-ID: [call_id]
CSeq: 1 BYE
Content-Length: 0

]]></send><recv response="200"/>"""


class Customer:
    """SIPp for the words, Sound for the sound."""

    def __init__(self, engine, folder, number="8001", caller="+33123456789", name="Chantal Dubois", hz=0, ends="engine",
                 headers="", calls=1, rate=10, transport="u1", digest=None):
        """digest: (user, password) of a trunk that has to prove itself."""
        self.sound = Sound(hz)
        self.folder = pathlib.Path(folder)
        self.port = free_port()
        scenario = self.folder / f"customer-{self.port}.xml"
        scenario.write_text(_scenario(ends, headers, digest).replace("[name]", name).replace("[caller]", caller))
        self.log = open(self.folder / f"customer-{self.port}.log", "w")
        self.process = subprocess.Popen(
            ["sipp", f"{engine.host}:{engine.port}", "-sf", str(scenario), "-i", "127.0.0.1", "-p", str(self.port),
             "-m", str(calls), "-l", str(calls), "-r", str(rate), "-s", number, "-t", transport, "-nostdin",
             "-key", "audio_port", str(self.sound.port), "-timeout", TIMEOUT, "-timeout_error",
             *(["-cid_str", self._call()] if ends == "told" else [])],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT, cwd=folder, preexec_fn=child.tied)

    def _call(self):
        return f"customer-{self.port}"

    def hang_up(self):
        """Tells the one that waits for it ("told"), whose call stands."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as teller:
            teller.sendto("\r\n".join(["MESSAGE sip:customer SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKtold", "From: <sip:test>;tag=1",
                                       "To: <sip:customer>", "Call-ID: " + self._call(), "CSeq: 1 MESSAGE", "Content-Length: 0", "", ""]).encode(),
                          ("127.0.0.1", self.port))

    def wait(self, code=0, seconds=None):
        got = self.process.wait(seconds or DEADLINE)
        self.sound.close()
        assert got == code, f"SIPp ended with {got}: {(self.folder / self.log.name).read_text()[-1500:]}"

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.sound.close()

    def __enter__(self):
        return self

    def __exit__(self, *rest):
        self.close()


class Line:
    """The trunk's far end, where one telephone after the other answers (Outside (line=…)). What is said again of an earlier call
    (an ACK, as its answer came twice) must not be the first that the next one hears: SIPp takes any request for its call."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.port = free_port()
        self.socket.bind(("127.0.0.1", self.port))
        self.centre, self.current, self.telephones, self.calls = None, None, set(), {}
        threading.Thread(target=self._carry, daemon=True).start()

    def connect(self, port):
        self.telephones.add(port)
        self.current = port

    def _carry(self):
        while True:
            try:
                data, source = self.socket.recvfrom(65536)
            except OSError:
                return
            if source[1] in self.telephones:
                self.socket.sendto(data, self.centre)
                continue
            self.centre = source
            call = re.search(rb"(?im)^(?:Call-ID|i) *: *(\S+)", data).group(1)
            if data.startswith(b"INVITE "):
                self.calls.setdefault(call, self.current)
            if call in self.calls:
                self.socket.sendto(data, ("127.0.0.1", self.calls[call]))

    def close(self):
        self.socket.close()


class Outside:
    """SIPp as a telephone somewhere outside, behind a trunk: takes one call, after so many ms of ringing or (None) when it is told to;
    then waits for our BYE, or hangs up itself after so many ms of talk; or refuses ("486 Busy Here"), or rings until it is taken back. With
    `early` it is heard from the beginning. What it says and hears is in .sound."""

    def __init__(self, folder, hz=0, ringing=200, talk=None, line=None, refuses=None, cancelled=False, early=False):
        self.sound = Sound(hz)
        self.port = free_port()
        self.folder = pathlib.Path(folder)
        ends = _ANSWER_BYE if talk is None else f'<pause milliseconds="{talk}"/>' + _OUTSIDE_BYE
        scenario = self.folder / f"outside-{self.port}.xml"
        takes = _CANCELLED if cancelled else _REFUSES.replace("REFUSES", refuses) if refuses else _TAKES
        steps = _OUTSIDE
        if ringing is None:
            takes = takes.replace('<pause milliseconds="RINGING"/>', '<recv request="MESSAGE"/>')
        for word, text in (("PROGRESS", _EARLY if early else _RINGS), ("TAKES", takes), ("RINGING", str(ringing)), ("ENDS", ends),
                           ("AUDIO", SDP)):
            steps = steps.replace(word, text)
        scenario.write_text(steps)
        self.log = open(self.folder / f"outside-{self.port}.log", "w")
        self.process = subprocess.Popen(
            # What is sent to it again while it stands still is not unexpected.
            ["sipp", "-sf", str(scenario), "-i", "127.0.0.1", "-p", str(self.port), "-m", "1", "-nostdin", "-trace_msg",
             "-default_behaviors", "all,-abortunexp",
             "-message_file", str(self.folder / f"outside-{self.port}.msg"), "-key", "audio_port", str(self.sound.port),
             "-timeout", TIMEOUT, "-timeout_error"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT, cwd=folder, preexec_fn=child.tied)
        wait_bound(self.port)
        if line is not None:
            line.connect(self.port)

    def messages(self):
        path = self.folder / f"outside-{self.port}.msg"
        return path.read_text() if path.exists() else ""

    def answer(self):
        """Tells the one that waits for it. SIPp answers with the headers of what it was sent last: they are the INVITE's."""
        head = wait_for("the INVITE", lambda: re.search(r"^INVITE [^\n]*\n((?:[\w-]+ *:[^\n]*\n)+)", self.messages(), re.M)).group(1)
        kept = re.sub(r"(?im)^(content-(type|length)|[cl]) *:[^\n]*\n", "", head).replace("\r", "").replace("\n", "\r\n")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as teller:
            teller.sendto(("MESSAGE sip:outside SIP/2.0\r\n%sContent-Length: 0\r\n\r\n" % kept).encode(), ("127.0.0.1", self.port))

    def wait(self, code=0, seconds=None):
        got = self.process.wait(seconds or DEADLINE)
        self.sound.close()
        assert got == code, f"SIPp ended with {got}: {(self.folder / self.log.name).read_text()[-1500:]}"

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.sound.close()


class Agent:
    """baresip as an agent's phone: says a tone from a file, writes down what it hears, does as it is told."""

    def __init__(self, engine, folder, user="alice", password="secret", hz=440, answer="auto", codec="PCMU", tls=None,
                 expires=120, dbfs=-15.0):
        self.folder = pathlib.Path(folder) / f"baresip-{user}-{free_port()}"
        self.folder.mkdir()
        rate = 48000 if codec == "opus" else 16000 if codec == "G722" else 8000
        channels = 2 if codec == "opus" else 1
        self.write_tone(self.folder / "tone.wav", hz, rate, channels, dbfs)
        self.control_port = free_port()
        transport = "tls" if tls else "udp"
        (self.folder / "config").write_text(f"""sip_listen 127.0.0.1:{free_port()}
sip_trans_def {transport}
{'sip_cafile ' + str(tls) if tls else ''}
call_local_timeout 120
call_max_calls 4
audio_player aubridge,{user}
audio_source aufile,{self.folder / 'tone.wav'}
audio_alert aubridge,none
ausrc_srate {rate}
auplay_srate {rate}
ausrc_channels {channels}
auplay_channels {channels}
audio_level no
rtcp_mux no
jitter_buffer_type fixed
jitter_buffer_delay 2-10
net_interface 127.0.0.1
module_path /usr/lib/baresip/modules
module g711.so
module g722.so
module opus.so
module srtp.so
module aufile.so
module aubridge.so
module sndfile.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{self.control_port}
snd_path {self.folder}
""")
        host = f"localhost:{engine.tls_port}" if tls else f"127.0.0.1:{engine.port}"
        host = f"127.0.0.1:{engine.tls_port}" if tls else host
        (self.folder / "accounts").write_text(
            f"<sip:{user}@{host};transport={transport}>;auth_user={user};auth_pass={password};regint={expires};"
            f"answermode={answer};audio_codecs={codec}{';mediaenc=srtp-mand' if tls else ''}\n")
        (self.folder / "contacts").write_text("")
        self.log_path = self.folder / "log"
        with open(self.log_path, "w") as log:
            self.process = subprocess.Popen(["baresip", "-s", "-f", str(self.folder)], stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=subprocess.STDOUT, preexec_fn=child.tied)

    @staticmethod
    def write_tone(path, hz, rate, channels, dbfs=-15.0):
        mono = (wav.tone(hz, 60, rate, dbfs) * 32767).astype("<i2")
        with wave.open(str(path), "wb") as w:
            w.setnchannels(channels)
            w.setsampwidth(2)
            w.setframerate(rate)
            w.writeframes(np.repeat(mono, channels).tobytes())

    def log(self):
        return self.log_path.read_text(errors="replace")

    def command(self, command, params=""):
        """A command of baresip's menu, over its control connection."""
        text = json.dumps({"command": command, "params": params}).encode()

        def connect():
            try:
                return socket.create_connection(("127.0.0.1", self.control_port), 5)
            except OSError:
                return None
        with wait_for("baresip's control port", connect) as s:
            s.sendall(b"%d:%s," % (len(text), text))
            s.settimeout(DEADLINE)
            return s.recv(65536).decode(errors="replace")

    def heard(self):
        """(samples, rate) of all that it decoded, once its call is over; None before."""
        files = sorted(self.folder.glob("dump-*-dec.wav"))
        try:
            return wav.load(files[-1])
        except (IndexError, wave.Error, EOFError):
            return None

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *rest):
        self.close()


class Raw:
    """A socket that sends what it is told."""

    def __init__(self, engine, kind="udp", source="127.0.0.1", insists=False):
        """insists: asks again every half second, as one does over UDP, where a flood drowns what others send."""
        self.engine, self.kind, self.insists = engine, kind, insists
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if kind == "udp" else socket.SOCK_STREAM)
        self.socket.bind((source, 0))
        self.socket.settimeout(DEADLINE)
        self.socket.connect((engine.host, engine.port))
        self.source, self.port = self.socket.getsockname()
        self.count = 0

    def send(self, text):
        self.socket.send(text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode())

    def message(self, method="OPTIONS", uri=None, headers=None, body="", drop=(), **change):
        """A well-formed request with some of its headers changed (None: dropped)."""
        self.count += 1
        host = f"{self.engine.host}:{self.engine.port}"
        fields = {
            "Via": f"SIP/2.0/{self.kind.upper()} {self.source}:{self.port};branch=z9hG4bK{os.getpid()}{self.port}{self.count};rport",
            "Max-Forwards": "70",
            "From": f"<sip:someone@{self.source}:{self.port}>;tag=f{self.count}",
            "To": f"<sip:8001@{host}>",
            "Call-ID": f"{os.getpid()}-{self.port}-{self.count}@{self.source}",
            "CSeq": f"1 {method}",
            "Contact": f"<sip:someone@{self.source}:{self.port}>",
        }
        if body:
            fields["Content-Type"] = "application/sdp"
        fields["Content-Length"] = str(len(body.replace("\n", "\r\n")))
        for name, value in change.items():
            fields[name.replace("_", "-")] = value
        lines = [f"{k}: {v}" for k, v in fields.items() if v is not None and k not in drop]
        return "\n".join([f"{method} {uri or 'sip:8001@' + host} SIP/2.0", *lines, *(headers or [])]) + "\n\n" + body

    def answers(self, seconds=None):
        """All answers in turn until the time is over."""
        self.socket.settimeout(seconds or DEADLINE)
        buffer = b""
        while True:
            try:
                data = self.socket.recv(65536)
            except OSError:
                return
            if not data:
                return
            if self.kind == "udp":
                yield data.decode(errors="replace")
                continue
            buffer += data
            while b"\r\n\r\n" in buffer:
                head, buffer = buffer.split(b"\r\n\r\n", 1)
                length = re.search(rb"(?im)^(?:content-length|l)\s*:\s*(\d+)", head)
                n = int(length.group(1)) if length else 0
                head, buffer = head + b"\r\n\r\n" + buffer[:n], buffer[n:]
                yield head.decode(errors="replace")

    def final(self, seconds=None):
        """(status, text) of the first final answer; (0, "") when none comes."""
        for text in self.answers(seconds):
            status = re.match(r"SIP/2\.0 (\d+)", text)
            if status and int(status.group(1)) >= 200:
                return int(status.group(1)), text
        return 0, ""

    def ask(self, *args, seconds=None, **kwargs):
        message = self.message(*args, **kwargs)
        for _ in range(int(DEADLINE * 2) if self.insists else 0):
            self.send(message)
            answer = self.final(0.5)
            if answer[0]:
                return answer
        self.send(message)
        return self.final(seconds)

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *rest):
        self.close()


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def register(raw, user, password, expires=60, contact=None, wrong=None, call_id=None, cseq=1):
    """REGISTER with digest; the final status and the answer."""
    contact = contact or f"<sip:{user}@{raw.source}:{raw.port}>"
    uri = f"sip:{raw.engine.host}:{raw.engine.port}"
    fields = {"To": f"<sip:{user}@{raw.engine.host}>", "From": f"<sip:{user}@{raw.engine.host}>;tag=r{raw.count}",
              "Contact": contact, "Expires": str(expires), "Call-ID": call_id or f"reg-{raw.port}-{user}"}
    status, text = raw.ask("REGISTER", uri, CSeq=f"{cseq} REGISTER", **fields)
    if status != 401:
        return status, text
    realm = re.search(r'realm="([^"]*)"', text).group(1)
    nonce = re.search(r'nonce="([^"]*)"', text).group(1)
    qop = re.search(r"qop=", text)
    ha1, ha2 = md5(f"{wrong or user}:{realm}:{password}"), md5(f"REGISTER:{uri}")
    response = md5(f"{ha1}:{nonce}:00000001:abc:auth:{ha2}" if qop else f"{ha1}:{nonce}:{ha2}")
    auth = (f'Digest username="{wrong or user}", realm="{realm}", nonce="{nonce}", uri="{uri}", response="{response}", '
            "algorithm=MD5" + (', qop=auth, nc=00000001, cnonce="abc"' if qop else ""))
    return raw.ask("REGISTER", uri, CSeq=f"{cseq + 1} REGISTER", Authorization=auth, **fields)
