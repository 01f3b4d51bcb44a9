# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a window has done anything since it was looked at: while it rests, it need not be asked again what is in it."""
import time

FIRST, LONGEST = 0.06, 1.0  # s


class Rest:
    """What the kernel counts of the thread that draws and answers.

    What came about between the last answer and the last count is seen by looking again, soon at first and then less often."""

    def __init__(self, pid):
        self._path = "/proc/%s/schedstat" % pid
        self._count, self._pause, self._until = None, FIRST, 0.0

    def _ran(self):
        try:
            with open(self._path, "rb") as f:
                return f.read()
        except OSError:  # it has ended, or the kernel does not count
            return None

    def still(self):
        """Whether a look would be in vain."""
        ran = self._ran()
        if ran is None or ran != self._count:
            self._pause = FIRST
            return False
        return time.monotonic() < self._until

    def looked(self):
        self._count, self._until = self._ran(), time.monotonic() + self._pause
        self._pause = min(2 * self._pause, LONGEST)
