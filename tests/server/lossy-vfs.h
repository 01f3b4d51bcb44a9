/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file system for SQLite that keeps what was written in memory until it is synced: a process that
 * is killed loses all that a machine without power could have lost. */
#pragma once

/* Makes it the default; call before any database is opened. */
void lossy_vfs_register (void);
