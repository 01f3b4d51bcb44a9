# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's notification service in the test's own process: what was shown, and a press of its buttons."""
import threading
import time

from gi.repository import Gio, GLib
from patience import DEADLINE

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
INTERFACE = Gio.DBusNodeInfo.new_for_xml("""
<node><interface name="org.freedesktop.Notifications">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <property name="Inhibited" type="b" access="read"/>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>""").interfaces[0]


class Notices:
    def __init__(self, address):
        self.shown, self.closed = [], []
        self._inhibited = False
        self.slow = 0  # s until a notice has its number
        self._next = 0
        self._context = GLib.MainContext.new()
        self._loop = GLib.MainLoop.new(self._context, False)
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(address, ready), daemon=True)
        self._thread.start()
        assert ready.wait(DEADLINE), "no notification service"

    def _run(self, address, ready):
        self._context.push_thread_default()
        flags = Gio.DBusConnectionFlags
        self._bus = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self._bus.register_object(PATH, INTERFACE, self._called, self._property, None)
        self._bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                            GLib.Variant("(su)", (NAME, 4)), None, 0, -1, None)
        ready.set()
        self._loop.run()
        self._bus.close_sync(None)

    def _called(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        if method == "Notify":
            _app, replaces, _icon, summary, body, actions, hints, _timeout = arguments.unpack()
            self._next += 0 if replaces else 1
            number = replaces or self._next
            notice = {"id": number, "summary": summary, "body": body, "urgency": hints.get("urgency"),
                      "actions": dict(zip(actions[1::2], actions[0::2]))}
            if self.slow:
                self.shown.append(notice)
                time.sleep(self.slow)
            invocation.return_value(GLib.Variant("(u)", (number,)))
            if not self.slow:
                self.shown.append(notice)  # who presses it does so after its number was told
        elif method == "CloseNotification":
            self.closed.append(arguments.unpack()[0])
            invocation.return_value(None)
        elif method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["body", "actions"],)))
        else:
            invocation.return_value(GLib.Variant("(ssss)", ("test", "test", "1", "1.2")))

    def _property(self, *_):
        return GLib.Variant("b", self._inhibited)

    def inhibit(self, on):
        """Do not disturb, as the service says of itself."""
        self._inhibited = on
        self._bus.emit_signal(None, PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                              GLib.Variant("(sa{sv}as)", (NAME, {"Inhibited": GLib.Variant("b", on)}, [])))

    def press(self, notice, label):
        """One of its buttons."""
        self._bus.emit_signal(None, PATH, NAME, "ActionInvoked",
                              GLib.Variant("(us)", (notice["id"], notice["actions"][label])))

    def open(self, notice):
        """A click on it."""
        self._bus.emit_signal(None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", (notice["id"], "default")))

    def close(self):
        self._loop.quit()
        self._thread.join(DEADLINE)
