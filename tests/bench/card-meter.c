/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The desk with a meter on its offer cards, for card_bench.py: the whole application, whose main
 * loop and frame clock are watched from outside. For each card one line on standard output: the
 * desk's own work from the moment that the loop woke with the event until the frame that painted
 * the card was done, without the time that the loop slept meanwhile (microseconds, of this thread's
 * processor and of the clock), that sleep, how many frames were begun until then, and the parts of
 * the work: before the frame, laying out, painting. Main thread.
 */

#include "desktop/application.h"
#include "desktop/offers/offer-card.h"
#include "desktop/style.h"

#include <time.h>

typedef struct
{
  gint64 cpu, wall, slept; /* microseconds */
} Moment;

static Moment now_awake; /* when the loop woke last */
static gint64 slept;     /* of the loop, in all */

static GtkWidget *card; /* made, and not painted yet; weak */
static Moment received;
static guint frames;    /* begun since */
static gint64 parts[3]; /* the processor's clock when the frame began, was laid out, was painted */

static gint64
processor (void)
{
  struct timespec at;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &at);
  return (gint64) at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static gint
on_poll (GPollFD *fds, guint n, gint timeout)
{
  gint64 from = g_get_monotonic_time ();
  gint ready = g_poll (fds, n, timeout);

  now_awake.wall = g_get_monotonic_time ();
  now_awake.cpu = processor ();
  slept += now_awake.wall - from;
  now_awake.slept = slept;
  return ready;
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (GUICHET_IS_OFFER_CARD (widget) && card == NULL)
    {
      g_set_weak_pointer (&card, widget);
      received = now_awake;
      frames = 0;
    }
  return TRUE;
}

static void
on_frame_begins (GdkFrameClock *clock)
{
  frames++;
  parts[0] = parts[1] = parts[2] = processor ();
}

static void
on_part (GdkFrameClock *clock, gpointer part)
{
  for (int i = GPOINTER_TO_INT (part); i < 3; i++)
    parts[i] = processor ();
}

static void
on_frame_done (GdkFrameClock *clock)
{
  gint64 wait = slept - received.slept;

  if (card == NULL || gtk_widget_get_height (card) == 0)
    return;
  g_print ("card %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
           " %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
           processor () - received.cpu, g_get_monotonic_time () - received.wall - wait, wait,
           frames, parts[0] - received.cpu, parts[1] - parts[0], parts[2] - parts[1]);
  g_clear_weak_pointer (&card);
}

static void
on_realize (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (on_frame_begins), NULL);
  g_signal_connect (clock, "layout", G_CALLBACK (on_part), GINT_TO_POINTER (1));
  g_signal_connect (clock, "paint", G_CALLBACK (on_part), GINT_TO_POINTER (2));
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_frame_done), NULL);
}

static void
on_window (GtkApplication *application, GtkWindow *window)
{
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GuichetApplication) application = NULL;
  gpointer widgets;

  guichet_style_prepare ();
  widgets = g_type_class_ref (GTK_TYPE_WIDGET);
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
  g_type_class_unref (widgets);
  g_main_context_set_poll_func (NULL, on_poll);
  application = guichet_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (on_window), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
