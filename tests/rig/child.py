# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes that end with the test that started them, even when that is killed.

    subprocess.Popen(command, preexec_fn=child.tied)

The system ties a process to the thread that started it: start it from one that lives as long as the test.
"""
import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)
_test = os.getpid()


def tied():
    """Runs in the new process, before its program."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != _test:  # it was killed in between
        os._exit(1)
