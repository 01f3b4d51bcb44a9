# SPDX-License-Identifier: GPL-3.0-or-later
"""The pointer of a display.

Where a picture begins after a button was pressed, GTK asks the display where the pointer is and which buttons are down. If the button
is up by then, and the window has not read so yet, the answer speaks of a pointer that moves with no button down, and the click is given
up. So the press and the release go to the display in one message, and the window reads of both together.
"""
import contextlib
import ctypes
import time

_x11, _xtest = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
_x11.XOpenDisplay.restype, _x11.XOpenDisplay.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
_x11.XDefaultRootWindow.restype, _x11.XDefaultRootWindow.argtypes = ctypes.c_ulong, [ctypes.c_void_p]
_x11.XWarpPointer.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong] + [ctypes.c_int] * 6
_x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
_x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
_xtest.XTestFakeButtonEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]


@contextlib.contextmanager
def _open(name):
    display = _x11.XOpenDisplay(name.encode())
    if not display:
        raise OSError("no display %s" % name)
    try:
        yield display
        _x11.XSync(display, 0)
    finally:
        _x11.XCloseDisplay(display)


def move(name, x, y):
    with _open(name) as display:
        _x11.XWarpPointer(display, 0, _x11.XDefaultRootWindow(display), 0, 0, 0, 0, x, y)


def click(name, button, count, pause):
    """Where the pointer is; so often, with so many seconds between."""
    with _open(name) as display:
        for i in range(count):
            time.sleep(pause if i else 0)
            for down in (1, 0):
                _xtest.XTestFakeButtonEvent(display, button, down, 0)
            _x11.XSync(display, 0)
