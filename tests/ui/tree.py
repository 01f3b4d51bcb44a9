# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility tree of a window as it is at one moment, read in few turns.

Each question to a window goes through the bus and back, and on a busy machine each turn waits for five processes in a
row. So everything is read by one GetItems, and what GetItems does not say (which of the objects are really there, how
large they are, what is written in them) is asked of all objects at once, before the first answer is waited for. Who is below
whom would be most of what a window says. Who only looks whether something has come can do with what is known of it: then that is
asked again only where something speaks against it, and for what was found.
"""
import ast
import collections
import functools
import re

from gi.repository import GLib

A = "org.a11y.atspi."
ROOT = "/org/a11y/atspi/accessible/root"
_WORDS = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_ITEM = re.compile(  # one of GetItems, as GLib prints it; to unpack them takes Python ten times as long
    r"\(\('[^']*', '([^']*)'\), \('[^']*', '[^']*'\), \('[^']*', '([^']*)'\), (-?\d+), (-?\d+), \[([^]]*)\], (%s), (\d+), (?:%s), "
    r"\[([^]]*)\]\)" % (_WORDS, _WORDS))

_PATH = re.compile("'(/[^']*)'")
VISIBLE = 30  # the bit of that state
Item = collections.namedtuple("Item", "path parent index count interfaces name role states")


def _plain(word):
    return ast.literal_eval(word) if "\\" in word else word[1:-1]


def read_items(session, bus):
    """What the window says of all objects that anybody asked about, as text: equal texts are equal trees, as far as it knows."""
    return session.ask(bus, "/org/a11y/atspi/cache", A + "Cache", "GetItems", None, "(a((so)(so)(so)iiassusau))").print_(False)


def bits(words):
    return sum(word << (32 * i) for i, word in enumerate(words))


@functools.lru_cache(None)
def _interfaces(text):
    return frozenset(word.strip("'").rsplit(".", 1)[-1] for word in text.split(", "))


@functools.lru_cache(None)
def _bits(text):
    return bits([int(word) for word in text.split(", ")] if text else [])


@functools.lru_cache(4)
def _parse(text):
    return {path: Item(path, parent, int(index), int(count), _interfaces(interfaces), _plain(name), int(role), _bits(states))
            for path, parent, index, count, interfaces, name, role, states in _ITEM.findall(text)}


def _paths(answer):
    """Those of GetChildren's answer."""
    return [path for path in _PATH.findall(answer.print_(False)) if not path.endswith("/null")]


class Tree:
    def __init__(self, session, bus, text=None, known=False):
        """`text` is what read_items said just now; known: with what was below each the last time, as long as it seems to be so."""
        self.session, self.bus = session, bus
        self.items = _parse(text or read_items(session, bus))
        self._children, self._extents, self._around = None, {}, {}
        self._families = session.families.setdefault(bus, {})
        if not known:
            self._families.clear()

    def _ask(self, paths, interface, method, arguments, kind, read=GLib.Variant.unpack):
        return self.session.ask_all(self.bus, [(path, A + interface, method, arguments) for path in paths], kind, read)

    @property
    def children(self):
        """The objects below each. GetItems still tells of hidden ones, and not yet of new ones: those come by being asked for."""
        if self._children is None:
            self._children = {}
            asked = left = self._remember([path for path, item in self.items.items() if item.count or path == ROOT])
            fresh = []
            while asked:
                found = self._ask(asked, "Accessible", "GetChildren", None, "(a(so))", _paths)
                self._children.update(found)
                fresh += found
                asked = [p for path in found for p in self._children[path] if p not in self.items and p not in self._children]
            if len(fresh) > len(left) or not set(fresh) <= set(left):
                self.items = _parse(read_items(self.session, self.bus))
            self._learn(fresh)
        return self._children

    def _look_around(self):
        self._around = collections.defaultdict(list)
        for item in self.items.values():
            self._around[item.parent].append((item.index, item.path))

    def _remember(self, paths):
        """Takes what is below each from the last time where nothing speaks against it; the others."""
        self._look_around()
        left = []
        for path in paths:
            family, kids = self._families.get(path, (None, ()))
            if family and family == self._family(path, kids):
                self._children[path] = kids
            else:
                left.append(path)
        return left

    def _learn(self, paths):
        """For the next time, where what has been said since agrees with what was answered."""
        self._look_around()
        for path in paths:
            if path in self.items:
                self._families[path] = (self._family(path, self._children[path]), self._children[path])

    def _family(self, path, kids):
        """What an object and those around it say, which is mostly otherwise when others are below it: who calls it the one above,
        and which place each has; None where it counts others than are known to be below it."""
        if self.items[path].count != len(kids):
            return None
        return sorted(self._around[path]), [item and item.index for item in map(self.items.get, kids)]

    def still_there(self, paths):
        """Whether each is below what is above it, up to the top, by asking these."""
        above = {kid: path for path, kids in self.children.items() for kid in kids}
        lines = set()
        for path in paths:
            while path in above and (above[path], path) not in lines:
                lines.add((above[path], path))
                path = above[path]
        found = self._ask({path for path, _kid in lines}, "Accessible", "GetChildren", None, "(a(so))", _paths)
        return all(path in found and kid in found[path] for path, kid in lines)

    def below(self, path):
        """(depth, item) of an object and all below it, from the top to the bottom; what has gone meanwhile is left out."""
        children, todo = self.children, [(0, path)]
        while todo:
            depth, path = todo.pop()
            if path in self.items:
                yield depth, self.items[path]
            todo += [(depth + 1, p) for p in reversed(children.get(path, []))]

    def above(self, path):
        """An object and what holds it, up to the window; None for one that is not known."""
        while path != ROOT and not path.endswith("/null"):
            item = self.items.get(path)
            yield item
            path = item.parent if item else ROOT

    def extents(self, items):
        """{path: (x, y, width, height)} of these and others; some inner parts have none, and so nothing of it."""
        wanted = {item.path for item in items if "Component" in item.interfaces} - set(self._extents)
        found = self._ask(wanted, "Component", "GetExtents", GLib.Variant("(u)", (1,)), "((iiii))")
        self._extents.update((item.path, found[item.path][0] if item.path in found else (0, 0, 0, 0))
                             for item in items if item.path not in self._extents)
        return self._extents

    def showing(self, paths):
        """Which of them are on the screen: visible, with some room, and so for what holds them."""
        lines = {path: list(self.above(path)) for path in paths}
        if any(None in line for line in lines.values()):  # it is made by being pointed at
            self.items = {**self.items, **_parse(read_items(self.session, self.bus))}
            lines = {path: list(self.above(path)) for path in paths}
        lines = {path: line for path, line in lines.items() if all(item and item.states >> VISIBLE & 1 for item in line)}
        room = self.extents([item for line in lines.values() for item in line])
        return {path for path, line in lines.items()
                if all("Component" not in item.interfaces or min(room[item.path][2:]) > 0 for item in line)}

    def texts(self, paths):
        """{path: what is written in it}, of those that hold text."""
        paths = [path for path in paths if "Text" in self.items[path].interfaces]
        get = GLib.Variant("(ss)", (A + "Text", "CharacterCount"))  # GTK 4.8 reads -1 as 0, not as "to the end"
        counts = self.session.ask_all(self.bus, [(path, "org.freedesktop.DBus.Properties", "Get", get) for path in paths], "(v)")
        answers = self.session.ask_all(self.bus, [
            (path, A + "Text", "GetText", GLib.Variant("(ii)", (0, count[0]))) for path, count in counts.items()], "(s)")
        return {path: answer[0] for path, answer in answers.items()}
