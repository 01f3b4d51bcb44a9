/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/notice-change.h"

#include <gtk/gtk.h>

/* One message in the list, with what is done with it. */
#define GUICHET_TYPE_NOTICE_ROW (guichet_notice_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetNoticeRow, guichet_notice_row, GUICHET, NOTICE_ROW, GtkWidget)

GtkWidget *guichet_notice_row_new (GuichetSession *session);
/* NULL: none. */
void guichet_notice_row_show (GuichetNoticeRow *self, GuichetNotice *notice);
