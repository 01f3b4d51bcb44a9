/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The director's line: commands as JSON lines, for tests and the tour.
 *
 *   {"do":"call","person":"mireille","patience":20,"talk":30,"quiet":true,"to":"4000"}
 *   {"do":"say","call":1,"line":"greeting"} {"do":"tone","call":1,"hz":660,"db":-20,"ms":2000}
 *   {"do":"digits","call":1,"digits":"12#"}        {"do":"hang_up","call":1}
 *   {"do":"chat","person":"harriet","patience":20,"quiet":true}
 *   {"do":"write","chat":1,"text":"Hello"}         {"do":"typing","chat":1,"on":true}
 *   {"do":"read","chat":1}                         {"do":"end","chat":1}
 *   {"do":"sms","person":"harriet"}
 *   {"do":"start"}                                 everybody calls and writes by themselves from
 * now on */
#pragma once

#include "demo/chats.h"
#include "demo/crowd.h"
#include "demo/texts.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *people;
  DemoCrowd *crowd;
  DemoChats *chats;
  DemoTexts *texts;
} DemoCast;

/* Carries out one line. FALSE: nothing was done, and why. */
gboolean demo_control_do (const DemoCast *cast, const char *line, GError **error);

G_END_DECLS
