#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""uidrive - drive a GTK4 application the way a person does, on a private headless display.

    from uidrive import Session
    with Session(locale="fr_FR.UTF-8", settings={"org.gnome.desktop.interface color-scheme": "'prefer-dark'"}) as s:
        app = s.launch(["./build/guichet"], env={"GSETTINGS_SCHEMA_DIR": "build/data"})
        app.wait("text", "Message").type("Bonjour")       # real key events
        app.wait("button", "Envoyer").click()             # AT-SPI action
        app.wait("label", re.compile("^Envoyé"))
        app.find("button", "Appeler").mouse_click()       # real pointer events
        s.screenshot("out.png")

Each Session has an Xvfb and a D-Bus session bus that can activate nothing but the accessibility
bus (no portal, keyring, EDS, gvfs unless `services` names them) for itself, and throw-away HOME and XDG
directories. Everything started is ended by pid on exit; several sessions can live side by side. A display
and a bus on which nothing is left are kept for the next.
It talks to AT-SPI over D-Bus directly, with a timeout on every call; there is no client cache.

Needs: Xvfb, dbus-daemon, at-spi2-core, xdotool and PyGObject (Debian: xvfb dbus at-spi2-core
xdotool python3-gi). PyGObject belongs to the distribution's own python3.

    uidrive.py [--size WxH] [--locale L] [--dump] [--shot F.png] [--do STEP]... -- CMD...
    STEP: click:ROLE:NAME  mouse:ROLE:NAME  type:ROLE:NAME:TEXT  key:KEYS  wait:ROLE:NAME
          gone:ROLE:NAME  text:ROLE:NAME  shot:FILE  sleep:SECONDS      (an empty ROLE is any role)
"""
import argparse
import atexit
import contextlib
import functools
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rig"))
import child  # noqa: E402
import keyboard  # noqa: E402
import pointer  # noqa: E402

try:
    from gi.repository import Gio, GLib
    import notices
    import rests
    import tree
except ImportError as _e:  # pyenv, a venv...
    raise ImportError("uidrive needs PyGObject (Debian: python3-gi); run it with the distribution's "
                      "python3, not %s" % sys.executable) from _e

ROLES = ("invalid,accelerator label,alert,animation,arrow,calendar,canvas,check box,check menu item,color chooser,"
 "column header,combo box,date editor,desktop icon,desktop frame,dial,dialog,directory pane,drawing area,"
 "file chooser,filler,focus traversable,font chooser,frame,glass pane,html container,icon,image,internal frame,"
 "label,layered pane,list,list item,menu,menu bar,menu item,option pane,page tab,page tab list,panel,"
 "password text,popup menu,progress bar,button,radio button,radio menu item,root pane,row header,scroll bar,"
 "scroll pane,separator,slider,spin button,split pane,status bar,table,table cell,table column header,"
 "table row header,tearoff menu item,terminal,text,toggle button,tool bar,tool tip,tree,tree table,unknown,"
 "viewport,window,extended,header,footer,paragraph,ruler,application,autocomplete,editbar,embedded,entry,chart,"
 "caption,document frame,heading,page,section,redundant object,form,link,input method window,table row,tree item,"
 "document spreadsheet,document presentation,document text,document web,document email,comment,list box,grouping,"
 "image map,notification,info bar,level bar,title bar,block quote,audio,video,definition,article,landmark,log,"
 "marquee,math,rating,timer,static,math fraction,math root,subscript,superscript,description list,"
 "description term,description value,footnote,content deletion,content insertion,mark,suggestion,"
 "push button menu,switch").split(",")
STATES = ("invalid,active,armed,busy,checked,collapsed,defunct,editable,enabled,expandable,expanded,focusable,focused,"
 "has-tooltip,horizontal,iconified,modal,multi-line,multiselectable,opaque,pressed,resizable,selectable,selected,"
 "sensitive,showing,single-line,stale,transient,vertical,visible,manages-descendants,indeterminate,required,"
 "truncated,animated,invalid-entry,supports-autocompletion,selectable-text,is-default,visited,checkable,has-popup,"
 "read-only").split(",")
# What GLib, GTK, our own rooms and the sanitizers say when something is wrong in a program.
COMPLAINT = re.compile(r"^(?:\(.*:\d+\): |\*\* )?(\S*-?(?:WARNING|CRITICAL) \*\*: .*|==\d+==ERROR: .*|\S+: runtime error: .*)$", re.M)
A, ROOT = "org.a11y.atspi.", "/org/a11y/atspi/accessible/root"
TIMEOUT = float(os.environ.get("UIDRIVE_TIMEOUT", "90"))


class UIError(Exception):
    """Anything that went wrong; the message says what was looked for and what was there."""


class Gone(UIError):
    """The object left the accessibility tree between two calls."""


def until(what, probe, timeout=None, every=0.03):
    """Call probe() until it answers something true; raise UIError naming `what` when time is up."""
    timeout = TIMEOUT if timeout is None else timeout
    first, end, last = every, time.monotonic() + timeout, None
    while True:
        asked = time.monotonic()
        try:
            got = probe()
            if got:
                return got
        except Gone as e:
            last = e
        now = time.monotonic()
        if now >= end:
            raise UIError("after %.1f s: %s%s" % (timeout, what() if callable(what) else what,
                                                  " (last: %s)" % last if last else ""))
        time.sleep(min(max(every, now - asked), 0.5))  # what is asked is to have some time of its own
        every = min(1.3 * every, max(every, 0.25)) if now - asked > 0.002 else first  # where nothing had to be asked, soon again


class Node:
    """One accessible object. Reads go to the application each time: nothing is cached."""
    HIDDEN = "●"  # what newer GTK says of each character of a password
    NEWER = {"check box": "radio button"}  # and of check boxes in a group

    def __init__(self, app, bus, path):
        self.app, self.bus, self.path = app, bus, path

    def __eq__(self, o):
        return isinstance(o, Node) and (o.bus, o.path) == (self.bus, self.path)

    def __hash__(self):
        return hash((self.bus, self.path))

    def _call(self, iface, method, args=None, ret=None):
        return self.app.session._a11y(self.bus, self.path, A + iface, method, args, ret)

    def _prop(self, iface, name):
        return self.app.session._a11y(self.bus, self.path, "org.freedesktop.DBus.Properties", "Get",
                                      GLib.Variant("(ss)", (A + iface, name)), "(v)")[0]

    @property
    def role(self):
        return _role(self._call("Accessible", "GetRole", None, "(u)")[0])

    @property
    def name(self):
        return self._prop("Accessible", "Name")

    @property
    def description(self):
        return self._prop("Accessible", "Description")

    @property
    def interfaces(self):
        return [i.rsplit(".", 1)[1] for i in self._call("Accessible", "GetInterfaces", None, "(as)")[0]]

    @property
    def states(self):
        return _states(tree.bits(self._call("Accessible", "GetState", None, "(au)")[0]))

    @property
    def attributes(self):
        return dict(self._call("Accessible", "GetAttributes", None, "(a{ss})")[0])

    @property
    def children(self):
        return [Node(self.app, b, p) for b, p in self._call("Accessible", "GetChildren", None, "(a(so))")[0]
                if not p.endswith("/null")]

    @property
    def parent(self):
        b, p = self._prop("Accessible", "Parent")
        return None if p.endswith("/null") else Node(self.app, b, p)

    @property
    def text(self):
        """Contents of a text widget; the name of anything else (labels, buttons)."""
        if "Text" not in self.interfaces:
            return self.name
        n = self._prop("Text", "CharacterCount")  # GTK 4.8 reads -1 as 0, not as "to the end"
        return self._call("Text", "GetText", GLib.Variant("(ii)", (0, n)), "(s)")[0]

    @property
    def selections(self):
        """How many parts of a text are marked."""
        return self._call("Text", "GetNSelections", None, "(i)")[0]

    @property
    def value(self):
        return self._prop("Value", "CurrentValue")

    @value.setter
    def value(self, v):
        self.app.session._a11y(self.bus, self.path, "org.freedesktop.DBus.Properties", "Set",
                               GLib.Variant("(ssv)", (A + "Value", "CurrentValue", GLib.Variant("d", float(v)))))

    @property
    def extents(self):
        """x, y, width, height on the display. GTK gives the content box, relative to that of the window."""
        seen = self._objects()
        line = [item for item in seen.above(self.path) if item]
        if not line:
            raise Gone("%s has left the tree" % self.path)
        room = seen.extents(line)
        top = line[-1]  # the topmost one is the X window
        ws = self.app.session.windows()
        popups = {v[3:]: v for v in ws.values() if v[0] != top.name and v[1:] != (0, 0, *self.app.session.size)}
        x, y, w, h = room[self.path]
        for item in line[:-1] if popups else ():  # a popover is an X window of its own, and GTK 4.8 misplaces it
            px, py, *size = room[item.path]
            if tuple(size) in popups:
                _t, wx, wy, _w, _h = popups[tuple(size)]
                return x - px + wx, y - py + wy, w, h
        tx, ty, tw, th = room[top.path]  # 0, 0 in GTK 4.8; minus the window's border in 4.18
        wx, wy, ww, wh = self.app.session._window_box(top.name, tw, th)
        return x - tx + wx + (ww - tw) // 2, y - ty + wy + (wh - th) // 2, w, h

    @property
    def showing(self):
        """On the screen: visible, allocated some room, and so for what holds it."""
        return bool(self._objects().showing([self.path]))

    def _objects(self, text=None, known=False):
        return tree.Tree(self.app.session, self.bus, text, known)

    # -- searching
    def walk(self, hidden=False):
        """Yield (depth, node, role, states, name) for this object and those below; hidden parts on demand."""
        return ((d, Node(self.app, self.bus, item.path), _role(item.role), _states(item.states), item.name)
                for d, item in self._walk(self._objects(), hidden))

    def _walk(self, seen, hidden):
        skip = None
        for d, item in seen.below(self.path):
            if skip is not None and d > skip:
                continue
            skip = None
            if d and not hidden and not item.states >> tree.VISIBLE & 1 and item.path != ROOT:
                skip = d
                continue
            yield d, item

    def find_all(self, role=None, name=None, showing=True, where=None):
        """Objects below this one. role: one, or a set of them. name: the exact accessible name, or a compiled regex (searched).

        Rows and menu items that have no name of their own (GTK gives them none, depending on its version)
        go by the labels inside them."""
        return self._find_all(self._objects(), role, name, showing, where)

    def _find_all(self, tree_now, role, name, showing, where):
        seen = list(self._walk(tree_now, hidden=not showing))
        roles = role and {role, self.NEWER.get(role)} if isinstance(role, str) else role
        fits = [(i, d, item) for i, (d, item) in enumerate(seen) if item.path != self.path and (not roles or _role(item.role) in roles)]
        if name is not None:
            texts = tree_now.texts([item.path for _i, _d, item in fits if not item.name and _role(item.role) in ("label", "text")])
            fits = [one for one in fits if self._is_named(name, *one, texts, seen)]
        out = [item.path for _i, _d, item in fits]
        if showing:
            there = tree_now.showing(out)
            out = [path for path in out if path in there]
        out = [Node(self.app, self.bus, path) for path in out]
        return [n for n in out if where is None or self._meets(where, n)]

    def inside(self, roles, role):
        """Yield (name, (x, y, width, height) in its window) of the objects of one role within those of others that are on the screen."""
        seen = self._objects()
        around, found = {}, []
        for d, item in self._walk(seen, False):
            around = {depth: path for depth, path in around.items() if depth < d}
            if _role(item.role) == role and around:
                found.append((item.name, item.path, min(around.items())[1]))
            elif _role(item.role) in roles:
                around[d] = item.path
        there = seen.showing({path for _nm, *paths in found for path in paths})
        for nm, path, holder in found:
            if {path, holder} <= there:
                yield nm, seen.extents([])[path]

    @staticmethod
    def _is_named(name, i, depth, item, texts, seen):
        got = item.name or texts.get(item.path, "")
        if not got and _role(item.role) in ("list item", "menu item", "table row", "table cell", "tree item"):
            inner = []
            for d, below in seen[i + 1:]:
                if d <= depth:
                    break
                inner += [below.name] if _role(below.role) == "label" else []
            got = " ".join(inner)
        return bool(name.search(got)) if hasattr(name, "search") else got == name

    @staticmethod
    def _meets(where, n):
        try:
            return where(n)
        except Gone:
            return False

    def _find_some(self, text, role, name, showing=True, where=None):
        """As find_all, but with what is known of who is below whom: what it finds is there, and more may be."""
        seen = self._objects(text, known=True)
        got = self._find_all(seen, role, name, showing, where)
        return got if got and seen.still_there([n.path for n in got]) else []

    def find(self, role=None, name=None, **kw):
        got = self._find_some(None, role, name, **kw) or self.find_all(role, name, **kw)
        if not got:
            raise UIError("no %s\n%s" % (_what(role, name), self.dump()))
        return got[0]

    def wait(self, role=None, name=None, timeout=None, **kw):
        """The first match, waiting for it to appear; the error carries the tree as it was."""
        look = self._looking(role, name, **kw)

        def probe():
            self.app.check()
            got = look()
            return got and got[0]
        return until(lambda: "no %s in\n%s" % (_what(role, name), self.dump()), probe, timeout)

    def wait_gone(self, role=None, name=None, timeout=None, **kw):
        look = self._looking(role, name, **kw)
        until(lambda: "still there: %s in\n%s" % (_what(role, name), self.dump()), lambda: look() == [] and self.find_all(role, name, **kw) == [], timeout)

    def _looking(self, role, name, showing=True, where=None):
        """What there is, to be asked for again and again: None where nothing tells that it would be otherwise than the last time."""
        last, rest = None, rests.Rest(self.app.speaker)
        began = whole = time.monotonic()
        due = began

        def look():
            nonlocal last, whole, due
            if time.monotonic() < due or where is None and rest.still():
                return None
            said, now = tree.read_items(self.app.session, self.bus), time.monotonic()
            rest.looked()
            due = now + min(0.5, (now - began) / 4)  # a clock in the window is no reason to ask for all of it again and again
            if now > whole + max(0.5, (now - began) / 4):  # what one can do without asking all might not see everything
                last, whole = said, now
                return self._find_all(self._objects(said), role, name, showing, where)
            if said == last and where is None:
                return None
            last = said
            return self._find_some(said, role, name, showing, where)
        return look

    def wait_state(self, state, on=True, timeout=None):
        until(lambda: "%r is %s, not %s%s" % (self, sorted(self.states), "" if on else "un-", state),
              lambda: (state in self.states) == on, timeout)
        return self

    def wait_text(self, text, timeout=None):
        ok = (lambda t: text.search(t)) if hasattr(text, "search") else (lambda t: t == text)
        until(lambda: "%r reads %r, not %r" % (self, self.text, text), lambda: ok(self.text), timeout)
        return self

    # -- acting
    @property
    def actions(self):
        if "Action" not in self.interfaces:
            return []
        n = self._prop("Action", "NActions")  # GetActions gives translated names, GetName does not
        return [self._call("Action", "GetName", GLib.Variant("(i)", (i,)), "(s)")[0] for i in range(n)]

    def do(self, action=None):
        """Run the named AT-SPI action (or the first)."""
        acts = self.actions
        if not acts or (action and action not in acts):
            raise UIError("%r has no action %s, only %s" % (self, action or "at all", acts))
        i = acts.index(action) if action else 0
        if not self._call("Action", "DoAction", GLib.Variant("(i)", (i,)), "(b)")[0]:
            raise UIError("%r refused action %s" % (self, acts[i]))

    def click(self):
        """Activate through AT-SPI where the widget offers it, else with the mouse."""
        st = self.states
        if "sensitive" not in st:
            raise UIError("%r is insensitive: a person could not click it" % self)
        for a in self.actions:
            if a in ("click", "activate", "toggle", "press"):
                return self.do(a)
        self.mouse_click()

    def mouse_click(self, button=1, count=1):
        """Move the pointer to the middle of the widget, once it stands still, and click."""
        seen = []

        def still():
            seen.append(self.extents)
            return seen[-3:] == [seen[-1]] * 3
        until(lambda: "%r does not stand still: %s" % (self, seen[-3:]), still, None, 0.1)
        x, y, w, h = seen[-1]
        if w <= 0 or h <= 0:
            raise UIError("%r has no area to click: %dx%d" % (self, w, h))
        self.app.session.mouse(x + w // 2, y + h // 2, button, count)

    def focus(self):
        """Give the widget the keyboard focus, by clicking it (GTK before 4.10 has no GrabFocus)."""
        if "focused" not in self.states:
            self.mouse_click()
            if "Text" not in self.interfaces:  # a text's focus can be on a part that is not in the tree
                self.wait_state("focused")
        return self

    def type(self, text, clear=False):
        """Focus the widget and type with real key events, then wait until the application has read them."""
        s = self.app.session
        self.focus()
        if clear:
            s.key("ctrl+a", "Delete")
        s.type(text)
        if "Text" in self.interfaces and "\n" not in text:
            until(lambda: "typed %r, %r reads %r" % (text, self, self.text),
                  lambda: text in self.text or self.text.endswith(self.HIDDEN * len(text)))
        return self

    def set_text(self, text):
        """Replace the contents through EditableText, without key events."""
        if "EditableText" not in self.interfaces:
            raise UIError("%r is not editable: %s" % (self, self.interfaces))
        self._call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)), "(b)")
        until(lambda: "set %r, %r reads %r" % (text, self, self.text), lambda: self.text in (text, self.HIDDEN * len(text)))
        return self

    def select(self, index):
        """Select a child by index through the Selection interface."""
        if not self._call("Selection", "SelectChild", GLib.Variant("(i)", (index,)), "(b)")[0]:
            raise UIError("%r refused to select child %d" % (self, index))

    def dump(self, hidden=False, rows=12):
        """The tree as text, one object a line; of a long list only the first rows (0: all)."""
        keep = {"focused", "checked", "selected", "expanded", "pressed", "modal", "active", "busy", "invalid-entry"}
        out, run, cut = [], {}, None
        for d, n, r, st, nm in self.walk(hidden):
            if cut is not None and d > cut:
                continue
            cut, run = None, {k: v for k, v in run.items() if k[0] <= d}
            run[d, r] = run.get((d, r), 0) + 1
            if rows and run[d, r] > rows:
                if run[d, r] == rows + 1:
                    out.append("%s... more of %s" % ("  " * d, r))
                cut = d
                continue
            try:
                tx = n.text if r in ("text", "entry", "password text", "label") else ""
            except Gone:
                continue
            extra = sorted(st & keep) + ([] if "sensitive" in st or d == 0 else ["insensitive"])
            out.append("%s%s %r%s%s" % ("  " * d, r, nm, " text=%r" % tx if tx and tx != nm else "",
                                        " [%s]" % ",".join(extra) if extra else ""))
        return "\n".join(out)

    def __repr__(self):
        try:
            return "<%s %r>" % (self.role, self.name)
        except UIError:
            return "<gone %s>" % self.path


def _role(n):
    return ROLES[n] if n < len(ROLES) else "role%d" % n


@functools.lru_cache(None)
def _states(bits):
    return frozenset(s for i, s in enumerate(STATES) if bits >> i & 1)


def _what(role, name):
    return "%s named %s" % (role or "widget", "anything" if name is None else
                            "/%s/" % name.pattern if hasattr(name, "pattern") else repr(name))


class App(Node):
    """A running application; also the root of its accessibility tree."""

    def __init__(self, session, argv, env, timeout, cwd=None):
        self.session = session
        e = dict(session.env)
        e.update({k: str(v) for k, v in (env or {}).items()})
        self.log = os.path.join(session.dir, "app%d.log" % len(session.apps))
        self.started = time.monotonic()
        with open(self.log, "wb") as f:
            self.proc = subprocess.Popen(argv, env=e, stdout=f, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                         process_group=0, cwd=cwd, preexec_fn=child.tied)
        self.argv, self.pid, self.speaker = argv, self.proc.pid, None
        Node.__init__(self, self, None, ROOT)
        session.apps.append(self)
        until(lambda: "%s put no window in the accessibility tree\n%s" % (argv[0], self.output()),
              self._attach, timeout)
        self.attached_s = time.monotonic() - self.started

    def _attach(self):
        self.check()
        s = self.session
        kids = s._a11y(A + "Registry", ROOT, A + "Accessible", "GetChildren", None, "(a(so))")[0]
        for bus, path in kids:
            pid = s._a11y("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "GetConnectionUnixProcessID", GLib.Variant("(s)", (bus,)), "(u)")[0]
            if pid == self.pid or pid in self._pids() or (bus not in (a.bus for a in s.apps) and self._is_proxy(pid)):
                self.bus, self.path, self.speaker = bus, path, pid
                return bool(self.children)
        return False

    @staticmethod
    def _is_proxy(pid):
        """Flatpak's xdg-dbus-proxy speaks for the application and is no child of it."""
        try:
            with open("/proc/%d/cmdline" % pid, "rb") as f:
                return b"xdg-dbus-proxy" in f.read().split(b"\0")[0]
        except OSError:
            return False

    def _pids(self):
        """The launched process and those below it (wrappers, flatpak...)."""
        par, todo, got = {}, [self.pid], set()
        for d in os.listdir("/proc"):
            if d.isdigit():
                try:
                    with open("/proc/%s/stat" % d) as f:
                        par.setdefault(int(f.read().rsplit(")", 1)[1].split()[1]), []).append(int(d))
                except (OSError, IndexError):
                    pass
        while todo:
            p = todo.pop()
            got.add(p)
            todo += par.get(p, [])
        return got

    def check(self):
        rc = self.proc.poll()
        if rc is not None:
            raise UIError("%s ended with status %s\n%s" % (self.argv[0], rc, self.output()))

    def output(self, last=4000):
        with open(self.log, errors="replace") as f:
            return f.read()[-last:]

    def complaints(self):
        """Warnings and worse that it, and what it started, wrote."""
        try:
            with open(self.log, errors="replace") as f:
                return [m.group(1) for m in COMPLAINT.finditer(f.read())]
        except OSError:
            return []

    def memory_kib(self):
        """rss and pss of the process itself."""
        with open("/proc/%d/smaps_rollup" % self.pid) as f:
            m = dict(re.findall(r"^(Rss|Pss):\s+(\d+)", f.read(), re.M))
        return int(m["Rss"]), int(m["Pss"])

    @contextlib.contextmanager
    def stopped(self):
        """While it stands still: what is typed meanwhile comes all at once."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)

    def choose(self, name):
        """An entry of the main menu, by keyboard."""
        def focused(*but):
            names = [n.name for n in self.find_all("menu item") if "focused" in n.states]
            return names[0] if names and names[0] not in but else None

        self.session.key("F10")
        self.wait("menu item", name)
        at = until("no entry of the menu has the keyboard", focused)
        while at != name:
            self.session.key("Down")
            at = until("the keyboard stays at %r" % at, lambda: focused(at))
        self.session.key("Return")

    def answer_files(self, title, path):
        """Type a path into the toolkit's dialog of files and accept it. The dialog moves the focus while it lists its folder."""
        def field():
            for n in self.find_all("text", re.compile("^(GtkFileChooserEntry|Name:)$")):
                if "focused" in n.states:
                    return n
            self.session.key("ctrl+l")
            return None

        def typed():
            entry = until("there is nowhere to type a path", field, every=0.3)
            self.session.key("ctrl+a")
            self.session.type(path)
            try:
                return entry.wait_text(path, 3)
            except UIError:
                return None

        def accepted():
            self.session.key("Return")
            end = time.monotonic() + 3
            while time.monotonic() < end:
                if title not in (shown[0] for shown in self.session.windows().values()):
                    return True
                time.sleep(0.05)
            return False
        self.session.focus_window(title=title)
        until("the path does not stand there", typed)
        until("%r does not close" % title, accepted)

    def quit(self, timeout=TIMEOUT):
        """Ask with SIGTERM, then insist; answers the exit status."""
        if self.proc.poll() is None:
            self.proc.terminate()
            try:
                self.proc.wait(timeout)
            except subprocess.TimeoutExpired:
                self.proc.kill()
                self.proc.wait()
        return self.proc.returncode

    def sweep(self, timeout=5):
        """End what it started and left running (a demo's centre, which is meant to outlive its window)."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.pid, number)
                until("the group of %s ends" % self.argv[0], lambda: not self._group_lives(), timeout)
                return
            except ProcessLookupError:
                return
            except UIError:
                continue

    def _group_lives(self):
        """Whether anything but what waits to be buried is left of its process group."""
        for d in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/stat" % d) as f:
                    state, _parent, group = f.read().rsplit(")", 1)[1].split()[:3]
            except OSError:
                continue
            if int(group) == self.pid and state != "Z":
                return True
        return False


def _bare_env(home):
    """What of the surroundings says nothing of the person's own session; with these directories."""
    drop = ("WAYLAND_DISPLAY", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "LANGUAGE", "LC_ALL",
            "GTK_THEME", "GTK_MODULES", "GTK_DEBUG", "DESKTOP_STARTUP_ID", "XDG_CURRENT_DESKTOP")
    return {**{k: v for k, v in os.environ.items() if k not in drop and not k.startswith("LC_")}, **home}


def _home(folder):
    """Throw-away directories in the place of the person's own."""
    home = {k: os.path.join(folder, v) for k, v in (("HOME", "home"), ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_DATA_HOME", "home/.local/share"), ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_STATE_HOME", "home/.local/state"), ("XDG_RUNTIME_DIR", "run"))}
    for p in home.values():
        os.makedirs(p, mode=0o700, exist_ok=True)
    return home


class Seat:
    """A display and a bus: of one session, or of one after the other, where nothing of the one before is left on them."""
    _free = {}  # by size

    def __init__(self, size, services=(), env=None):
        """env: that of the programs which are activated."""
        self.size, self._procs = size, []
        self.dir = tempfile.mkdtemp(prefix="uidrive-")
        try:
            os.mkdir(os.path.join(self.dir, "run"), 0o700)
            self.env = dict(env) if env else {**_bare_env(_home(self.dir)), "GSETTINGS_BACKEND": "keyfile", "GIO_USE_VFS": "local"}
            self.display = self.env["DISPLAY"] = self._xvfb()
            keyboard.give(self.display, self.env)
            self._bus(services)
        except BaseException:
            self.close()
            raise
        self.frame_buffer = os.path.join(self.dir, "fb", "Xvfb_screen0")

    @classmethod
    def take(cls, size):
        return cls._free.pop(size, None) or cls(size)

    def leave(self):
        """For the next, as it was in the beginning, or not at all."""
        try:
            until("there is something left", self._is_empty, 5)
        except (UIError, GLib.Error, OSError, subprocess.SubprocessError):
            self.close()
            return
        if self.size in self._free:
            self.close()
        else:
            self._free[self.size] = self

    def _is_empty(self):
        names = self.session_bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames", None,
                                           GLib.VariantType("(as)"), 0, 5000, None).unpack()[0]
        if {name for name in names if name[0] != ":"} != {"org.freedesktop.DBus", "org.a11y.Bus"}:
            return False
        apps = self.a11y_bus.call_sync(A + "Registry", ROOT, A + "Accessible", "GetChildren", None, GLib.VariantType("(a(so))"), 0, 5000, None)
        pointer.move(self.display, self.size[0] // 2, self.size[1] // 2)  # where it stands on a new display
        shown = subprocess.run(["xdotool", "search", "--onlyvisible", "--maxdepth", "1", "--name", ""], env=self.env,
                               capture_output=True, text=True, timeout=5).stdout
        return not apps.unpack()[0] and len(shown.split()) <= 1  # the root

    @classmethod
    def close_free(cls):
        while cls._free:
            cls._free.popitem()[1].close()

    def spawn(self, argv, env, **kw):
        if not shutil.which(argv[0], path=env.get("PATH")):
            raise UIError("%s is not installed" % argv[0])
        with open(os.path.join(self.dir, os.path.basename(argv[0]) + ".log"), "ab") as f:
            p = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=f, stderr=f,
                                 process_group=0, preexec_fn=child.tied, **kw)
        self._procs.append(p)
        return p

    def _spawn_fd(self, argv, env, flag, timeout=TIMEOUT):
        """Start a server that writes its address on a descriptor, and answer that line."""
        r, w = os.pipe()
        p = self.spawn([a.replace("@FD@", str(w)) for a in argv] + [flag.replace("@FD@", str(w))], env,
                        pass_fds=(w,))
        os.close(w)
        os.set_blocking(r, False)
        buf = b""

        def probe():
            nonlocal buf
            try:
                buf += os.read(r, 4096)
            except BlockingIOError:
                pass
            if p.poll() is not None:
                raise UIError("%s ended with %s" % (argv[0], p.returncode))
            return buf.endswith(b"\n")
        try:
            until("%s gave no address" % argv[0], probe, timeout, 0.01)
        finally:
            os.close(r)
        return buf.decode().strip()

    def _xvfb(self):
        os.mkdir(os.path.join(self.dir, "fb"))
        # -r: a key held down while its sender or the display stands still is one key all the same
        return ":" + self._spawn_fd(["Xvfb", "-r", "-screen", "0", "%dx%dx24" % self.size, "-nolisten", "tcp", "-noreset",
                                     "-dpi", "96", "-fbdir", os.path.join(self.dir, "fb"), "-displayfd"],
                                    self.env, "@FD@")

    def _bus(self, services):
        """A session bus whose only activatable service is the accessibility bus (and what `services` holds)."""
        sd = os.path.join(self.dir, "services")
        os.mkdir(sd)
        for base in [GLib.get_user_data_dir()] + list(GLib.get_system_data_dirs()):
            f = os.path.join(base, "dbus-1", "services", "org.a11y.Bus.service")
            if os.path.exists(f):
                with open(f) as src, open(os.path.join(sd, "org.a11y.Bus.service"), "w") as dst:
                    dst.write("".join(ln for ln in src if not ln.startswith("SystemdService")))
                break
        else:
            raise UIError("no org.a11y.Bus service: at-spi2-core is not installed")
        conf = os.path.join(self.dir, "bus.conf")
        with open(conf, "w") as f:
            f.write('<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "">\n'
                    "<busconfig><type>session</type><keep_umask/><listen>unix:path=%s/run/bus</listen>%s"
                    '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
                    '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>\n'
                    % (self.dir, "".join("<servicedir>%s</servicedir>" % x for x in [sd, *services])))
        self.bus_address = self._spawn_fd(["dbus-daemon", "--config-file=" + conf, "--nofork"], self.env,
                                          "--print-address=@FD@")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus_address
        self.session_bus = self._connect(self.bus_address)
        addr = self.session_bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
                                          GLib.VariantType("(s)"), 0, int(TIMEOUT * 1000), None).unpack()[0]
        self.a11y_bus = self._connect(addr)
        self.session_bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                                   GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))),
                                   None, 0, int(TIMEOUT * 1000), None)

    @staticmethod
    def _connect(addr):
        fl = Gio.DBusConnectionFlags
        return Gio.DBusConnection.new_for_address_sync(
            addr, fl.AUTHENTICATION_CLIENT | fl.MESSAGE_BUS_CONNECTION, None, None)

    def close(self):
        for c in (getattr(self, "a11y_bus", None), getattr(self, "session_bus", None)):
            if c is not None and not c.is_closed():
                c.set_exit_on_close(False)
                try:
                    c.close_sync(None)
                except GLib.Error:
                    pass
        for p in reversed(self._procs):
            if p.poll() is None:
                try:
                    os.killpg(p.pid, signal.SIGTERM)  # the group we made: dbus-daemon's a11y children too
                    p.wait(3)
                except subprocess.TimeoutExpired:
                    os.killpg(p.pid, signal.SIGKILL)
                    p.wait()
                except ProcessLookupError:
                    pass
        shutil.rmtree(self.dir, ignore_errors=True)


atexit.register(Seat.close_free)


class Session:
    """A display, a bus and a home of its own."""

    def __init__(self, size=(1280, 800), locale="C.UTF-8", renderer="cairo", settings=None, env=None,
                 services=(), wm=None, font="Cantarell 11", animations=True):
        """settings: GSettings to preset, {"schema key": "GVariant text"}; services: D-Bus service folders that
        may be activated; wm: a window manager command, for what needs one (most tests do not). Where neither is wanted, the display and
        the bus can be those of a session before."""
        self.apps, self.complaints, self.notices, self.seat = [], [], None, None
        self.families = {}  # by bus name: see tree.py
        self.dir = tempfile.mkdtemp(prefix="uidrive-")
        try:
            self._start(size, locale, renderer, settings or {}, env or {}, services, wm)
            self._gtk_settings(font, animations)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.close()
        if self.complaints and kind is None:  # what failed already says more
            raise UIError("the programs complained:\n" + "\n".join(self.complaints))

    def _start(self, size, locale, renderer, settings, env, services, wm):
        home = _home(self.dir)
        self.env = _bare_env(home)
        self.env.update(LANG=locale, LANGUAGE=locale.split(".")[0], GDK_BACKEND="x11", GSK_RENDERER=renderer,
                        GTK_A11Y="atspi", GSETTINGS_BACKEND="keyfile", GIO_USE_VFS="local", NO_AT_BRIDGE="0",
                        ADW_DISABLE_PORTAL="1", XDG_SESSION_TYPE="x11")
        if renderer == "cairo":  # GTK would still initialise GLX: +40 ms and +55 MB for nothing
            self.env.update(GDK_DEBUG="gl-disable", GDK_DISABLE="gl,vulkan")  # GTK 4.8 / 4.16 and later
        self.env.update({k: str(v) for k, v in env.items()})
        # the font cache is worth sharing: building it costs a second per session
        fonts = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "fontconfig")
        if os.path.isdir(fonts):
            os.makedirs(home["XDG_CACHE_HOME"], exist_ok=True)
            os.symlink(fonts, os.path.join(home["XDG_CACHE_HOME"], "fontconfig"))
        self.size, self._shares = size, not services and not wm
        self.seat = Seat.take(size) if self._shares else Seat(size, services, self.env)
        self.env.update(DISPLAY=self.seat.display, DBUS_SESSION_BUS_ADDRESS=self.seat.bus_address)
        self.display, self.bus_address = self.seat.display, self.seat.bus_address
        self.session_bus, self.a11y_bus = self.seat.session_bus, self.seat.a11y_bus
        self.notices = notices.Notices(self.bus_address)
        self.preset(settings)
        if wm:
            self.seat.spawn(wm, self.env)

    def preset(self, settings):
        """Writes what `gsettings set` would write, which takes a process for each key; before a program reads it."""
        if settings:
            groups = {}
            for key, val in settings.items():
                schema, k = key.rsplit(" ", 1)
                groups.setdefault(schema.replace(".", "/"), []).append("%s=%s\n" % (k, val))
            folder = os.path.join(self.env["XDG_CONFIG_HOME"], "glib-2.0", "settings")
            os.makedirs(folder, mode=0o700, exist_ok=True)
            with open(os.path.join(folder, "keyfile"), "a", encoding="utf-8") as f:
                f.write("\n".join("[%s]\n%s" % (group, "".join(lines)) for group, lines in groups.items()))

    def _gtk_settings(self, font, animations):
        """No settings daemon runs here, so GTK would fall back on "Sans 10"."""
        for v in ("gtk-3.0", "gtk-4.0"):
            os.makedirs(os.path.join(self.env["XDG_CONFIG_HOME"], v))
            with open(os.path.join(self.env["XDG_CONFIG_HOME"], v, "settings.ini"), "w") as f:
                f.write("[Settings]\ngtk-font-name=%s\ngtk-icon-theme-name=Adwaita\ngtk-cursor-blink=false\n"
                        "gtk-enable-animations=%s\ngtk-xft-antialias=1\ngtk-xft-hinting=1\n"
                        "gtk-xft-hintstyle=hintslight\ngtk-xft-rgba=none\n" % (font, str(bool(animations)).lower()))

    def _a11y(self, bus, path, iface, method, args=None, ret=None, timeout=TIMEOUT):
        return self.ask(bus, path, iface, method, args, ret, timeout).unpack()

    def ask(self, bus, path, iface, method, args=None, ret=None, timeout=TIMEOUT):
        try:
            return self.a11y_bus.call_sync(bus, path, iface, method, args, GLib.VariantType(ret) if ret else None, 0,
                                           int(timeout * 1000), None)
        except GLib.Error as e:
            raise self._said(e, "%s.%s on %s%s" % (iface, method, bus, path)) from None

    def ask_all(self, bus, calls, ret, read=GLib.Variant.unpack):
        """The answers {path: answer} to calls (path, interface, method, arguments) made all at once; who is gone has none."""
        answers, context, left = {}, GLib.MainContext.new(), len(calls)

        def answered(connection, result, path):
            nonlocal left
            left -= 1
            try:
                answers[path] = read(connection.call_finish(result))
            except GLib.Error as e:
                answers[path] = self._said(e, path)
        context.push_thread_default()
        try:
            for path, iface, method, args in calls:
                self.a11y_bus.call(bus, path, iface, method, args, GLib.VariantType(ret), 0, int(TIMEOUT * 1000), None,
                                   answered, path)
            while left:
                context.iteration(True)
        finally:
            context.pop_thread_default()
        for answer in answers.values():
            if isinstance(answer, UIError) and not isinstance(answer, Gone):
                raise answer
        return {path: answer for path, answer in answers.items() if not isinstance(answer, Gone)}

    @staticmethod
    def _said(e, what):
        n = Gio.DBusError.get_remote_error(e) or ""
        gone = n.endswith((".UnknownMethod", ".UnknownObject", ".NameHasNoOwner", ".ServiceUnknown",
                           ".UnknownInterface", ".NoReply", ".UnknownProperty", ".InvalidArgs"))
        return (Gone if gone else UIError)("%s: %s" % (what, e.message))

    # -- what a person does
    def launch(self, argv, env=None, timeout=None, cwd=None):
        """Start an application and wait for its first accessible window."""
        app = App(self, argv, env, 2 * TIMEOUT if timeout is None else timeout, cwd)
        self.focus_window(app)
        return app

    def _xdo(self, *args, ok=False):
        r = subprocess.run(["xdotool", *map(str, args)], env=self.env, capture_output=True, text=True, timeout=TIMEOUT)
        if r.returncode and not ok:
            raise UIError("xdotool %s: %s" % (" ".join(map(str, args)), r.stderr.strip()))
        return r.stdout

    def windows(self):
        """Mapped X windows, topmost last: {id: (title, x, y, w, h)}."""
        o = self._xdo("search", "--onlyvisible", "--maxdepth", 1, "--name", "", "getwindowgeometry", "--shell", "%@",
                      "getwindowname", "%@", ok=True)
        box = re.findall(r"WINDOW=(\d+)\nX=(-?\d+)\nY=(-?\d+)\nWIDTH=(\d+)\nHEIGHT=(\d+)\nSCREEN=\d+\n", o)
        names = re.sub(r"(?m)^[A-Z]+=-?\d+\n", "", o).split("\n")
        return {b[0]: (t, *map(int, b[1:])) for b, t in zip(box, names) if int(b[3]) > 1}

    def _window_box(self, title, w, h):
        ws = list(self.windows().values())[::-1]
        fits = [v for v in ws if v[3] >= w and v[4] >= h]
        for v in [v for v in fits if v[0] == title] or fits:
            return v[1:]
        raise UIError("no X window %r of at least %dx%d among %s" % (title, w, h, ws))

    def focus_window(self, app=None, title=None):
        """Give a window the keyboard: there is no window manager to do so."""
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            try:
                name = title or (app.children[-1].name if app else None)  # a window may take another while it is looked for
            except Gone:
                continue
            for w, v in reversed(list(self.windows().items())):
                if name is None or v[0] == name:
                    self._xdo("windowfocus", "--sync", w, ok=True)
                    return w
            time.sleep(0.05)
        raise UIError("no window %r to focus among %s" % (name, self.windows()))

    def key(self, *keys):
        """Press keys: "ctrl+s", "Return", "Escape"..."""
        self._xdo("key", "--delay", 15, *keys)

    def type(self, text):
        """Type with key events, any script; newline is Return."""
        for i, part in enumerate(text.split("\n")):
            if i:
                self.key("Return")
            if part:
                mapped = not all(c.isascii() or c in keyboard.LETTERS for c in part)  # to a key, first
                self._xdo("type", "--delay", 60 if mapped else 15, "--", part)

    def mouse(self, x, y, button=1, count=1):
        pointer.move(self.display, x, y)
        time.sleep(0.05)
        pointer.click(self.display, button, count, 0.06)

    def move_mouse_away(self):
        """Into the corner, where no picture shows it."""
        pointer.move(self.display, self.size[0] - 1, self.size[1] - 1)

    def scroll(self, x, y, clicks):
        """Wheel at a place: negative is up."""
        pointer.move(self.display, x, y)
        pointer.click(self.display, 5 if clicks > 0 else 4, abs(clicks), 0.01)

    # -- what is on the screen
    def _frame_buffer(self):
        with open(self.seat.frame_buffer, "rb") as f:
            return f.read()

    def pixels(self):
        """(width, height, RGB bytes) of the display, read from Xvfb's own frame buffer."""
        raw = self._frame_buffer()
        h = struct.unpack(">25I", raw[:100])
        w, ht, stride, ncol = h[4], h[5], h[12], h[19]
        px = raw[h[0] + ncol * 12:]
        px = px[:stride * ht] if stride == w * 4 else b"".join(px[y * stride:y * stride + w * 4] for y in range(ht))
        rgb = bytearray(w * ht * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = px[2::4], px[1::4], px[0::4]
        return w, ht, bytes(rgb)

    def settle(self, quiet=0.25, timeout=5):
        """Wait until the picture has stopped changing (animations over)."""
        end, prev, since = time.monotonic() + timeout, None, time.monotonic()
        while time.monotonic() < end:
            cur = zlib.crc32(self._frame_buffer())
            if cur != prev:
                prev, since = cur, time.monotonic()
            elif time.monotonic() - since >= quiet:
                return True
            time.sleep(0.05)
        return False

    def screenshot(self, path, area=None, settle=True):
        """Write a PNG of the display, or of area=(x, y, w, h) such as node.extents."""
        if settle:
            self.settle()
        w, h, rgb = self.pixels()
        x0, y0, aw, ah = area or (0, 0, w, h)
        x0, y0 = max(x0, 0), max(y0, 0)
        aw, ah = min(aw, w - x0), min(ah, h - y0)
        rows = b"".join(b"\0" + rgb[(y * w + x0) * 3:(y * w + x0 + aw) * 3] for y in range(y0, y0 + ah))

        def chunk(t, d):
            return struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d))
        with open(path, "wb") as f:
            f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", aw, ah, 8, 2, 0, 0, 0))
                    + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b""))
        return path

    def close(self):
        for a in self.apps:
            a.quit()
            a.sweep()
            self.complaints += a.complaints()
        if self.notices:
            self.notices.close()
        if self.seat:
            self.seat.leave() if self._shares else self.seat.close()
        shutil.rmtree(self.dir, ignore_errors=True)


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--size", default="1280x800")
    ap.add_argument("--locale", default="C.UTF-8")
    ap.add_argument("--renderer", default="cairo")
    ap.add_argument("--set", action="append", default=[], metavar="SCHEMA KEY=VALUE")
    ap.add_argument("--dump", action="store_true")
    ap.add_argument("--shot")
    ap.add_argument("--do", action="append", default=[], metavar="STEP")
    ap.add_argument("cmd", nargs="+")
    o = ap.parse_args(argv)
    try:
        with Session(tuple(map(int, o.size.split("x"))), o.locale, o.renderer,
                     dict(x.split("=", 1) for x in o.set)) as s:
            app = s.launch(o.cmd)
            for step in o.do:
                verb, *a = step.split(":", 3)
                role, name = (a[0] or None, a[1]) if len(a) > 1 else (None, None)
                if verb == "key":
                    s.key(*a[0].split())
                elif verb == "shot":
                    s.screenshot(a[0])
                elif verb == "sleep":
                    time.sleep(float(a[0]))
                elif verb == "gone":
                    app.wait_gone(role, name)
                elif verb in ("click", "mouse", "type", "wait", "text"):
                    n = app.wait(role, name)
                    if verb == "click":
                        n.click()
                    elif verb == "mouse":
                        n.mouse_click()
                    elif verb == "type":
                        n.type(a[2])
                    elif verb == "text":
                        print(n.text)
                else:
                    raise UIError("unknown step %r" % step)
            if o.dump:
                print(app.dump())
            if o.shot:
                s.screenshot(o.shot)
    except UIError as e:
        print("uidrive: %s" % e, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
