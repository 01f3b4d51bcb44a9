/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What nearly every file of the desk reads, compiled once. Each file includes what it needs all the same: clang builds without this. */
#include <adwaita.h>
#include <json-glib/json-glib.h>
