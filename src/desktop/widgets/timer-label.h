/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

typedef enum
{
  GUICHET_TIMER_UP,
  GUICHET_TIMER_DOWN,
} GuichetTimerDirection;

/* What a timer counts decides its colour: grey handling, blue a customer who waits for a
 * reply, violet wrap-up, plain for anything else.
 * Past its limit it is red whatever it counts. */
typedef enum
{
  GUICHET_TIMER_PLAIN,
  GUICHET_TIMER_HANDLING,
  GUICHET_TIMER_WAITING,
  GUICHET_TIMER_WRAP_UP,
} GuichetTimerKind;

#define GUICHET_TYPE_TIMER_LABEL (guichet_timer_label_get_type ())
G_DECLARE_FINAL_TYPE (GuichetTimerLabel, guichet_timer_label, GUICHET, TIMER_LABEL, GtkWidget)

GtkWidget *guichet_timer_label_new (void);

/* Counts up from, or down to, an instant in the centre's milliseconds; 0 shows nothing. */
void guichet_timer_label_set_instant (GuichetTimerLabel *self,
                                      GuichetTimerDirection direction,
                                      gint64 instant);
void guichet_timer_label_set_kind (GuichetTimerLabel *self, GuichetTimerKind kind);
/* The instant after which it turns red; 0 never. A timer that counts down turns red by itself at 0.
 */
void guichet_timer_label_set_limit (GuichetTimerLabel *self, gint64 limit);
/* What a screen reader says before the time, e.g. "On hold for". Translated. */
void guichet_timer_label_set_caption (GuichetTimerLabel *self, const char *caption);
