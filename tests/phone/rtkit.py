# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for RealtimeKit: writes down for which threads it was asked, and gives nothing."""
from gi.repository import Gio, GLib

NAME = "org.freedesktop.RealtimeKit1"
XML = f"""<node><interface name="{NAME}"><method name="MakeThreadRealtime"><arg type="t" direction="in"/>
<arg type="u" direction="in"/></method></interface></node>"""


class RealtimeKit:
    def __init__(self, bus):
        self.asked = []  # (thread, priority)
        self.connection = bus.connect()
        info = Gio.DBusNodeInfo.new_for_xml(XML)
        self.connection.register_object("/org/freedesktop/RealtimeKit1", info.interfaces[0], self._on_call, None, None)
        self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                  GLib.Variant("(su)", (NAME, 0)), None, Gio.DBusCallFlags.NONE, 60000, None)

    def _on_call(self, connection, sender, path, interface, method, arguments, invocation):
        self.asked.append(arguments.unpack())
        invocation.return_value(None)

    def close(self):
        self.connection.close_sync(None)
