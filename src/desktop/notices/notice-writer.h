/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The form in which a supervisor writes to an agent, a team or all. Emits "done" when it is sent or
 * left. */
#define GUICHET_TYPE_NOTICE_WRITER (guichet_notice_writer_get_type ())
G_DECLARE_FINAL_TYPE (GuichetNoticeWriter, guichet_notice_writer, GUICHET, NOTICE_WRITER, GtkWidget)

GtkWidget *guichet_notice_writer_new (GuichetSession *session);
void guichet_notice_writer_begin (GuichetNoticeWriter *self);
