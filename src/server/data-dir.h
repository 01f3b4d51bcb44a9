/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data directory: made where it is missing, held by one guichetd at a time. */
#pragma once

#include <gio/gio.h>

/* -1 with a sentence that says what to do. The lock lasts as long as the descriptor. */
int data_dir_lock (const char *path, GError **error);
/* A private one for a demo; removed by data_dir_remove. */
char *data_dir_new_private (GError **error);
void data_dir_remove (const char *path);
