/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL of every change and question of store.h, in their order. */
#pragma once

#include "server/store/store.h"

extern const char *const sqlite_changes[STORE_N_CHANGES];
extern const char *const sqlite_queries[STORE_N_QUERIES];
