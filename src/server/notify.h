/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word to systemd, where it started us. */
#pragma once

void daemon_notify (const char *state);
