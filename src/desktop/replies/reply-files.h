/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Asks for a file and brings what is in it to the centre, all of it or nothing; @widget says how it
 * went. */
void guichet_reply_files_import (GtkWidget *widget, GuichetSession *session, gboolean is_public);
/* Asks for a file and writes all replies into it: CSV, or JSON where its name ends so. */
void guichet_reply_files_export (GtkWidget *widget, GuichetSession *session);

/* What is wrong with a file, in words: of the first of these ModelProblem. Free it. */
char *guichet_reply_files_words (GPtrArray *problems);
