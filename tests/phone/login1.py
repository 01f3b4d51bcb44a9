# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for logind's sleep: Inhibit gives out real file descriptors and notices when they are closed."""
import os
import select

from gi.repository import Gio, GLib

XML = """<node><interface name="org.freedesktop.login1.Manager">
<method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="h" direction="out"/></method>
<signal name="PrepareForSleep"><arg type="b"/></signal></interface></node>"""


class Login1:
    def __init__(self, bus):
        self.locks = []  # [what, mode, our end of the pipe]
        self.connection = bus.connect()
        info = Gio.DBusNodeInfo.new_for_xml(XML)
        self.connection.register_object("/org/freedesktop/login1", info.interfaces[0], self._on_call, None, None)
        self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                  GLib.Variant("(su)", ("org.freedesktop.login1", 0)), None, Gio.DBusCallFlags.NONE, 60000, None)

    def _on_call(self, connection, sender, path, interface, method, arguments, invocation):
        what, who, why, mode = arguments.unpack()
        ours, theirs = os.pipe()
        fds = Gio.UnixFDList.new()
        fds.append(theirs)
        os.close(theirs)
        self.locks.append((what, mode, ours))
        invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), fds)

    def held(self):
        """What is locked now: {(what, mode)}."""
        def is_open(fd):
            poll = select.poll()
            poll.register(fd, select.POLLHUP)
            return not poll.poll(0)
        return {(what, mode) for what, mode, fd in self.locks if is_open(fd)}

    def prepare_for_sleep(self, coming):
        self.connection.emit_signal(None, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
                                    GLib.Variant("(b)", (coming,)))

    def close(self):
        for _, _, fd in self.locks:
            os.close(fd)
        self.connection.close_sync(None)
