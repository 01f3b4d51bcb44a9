/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The desk with a meter in it, for card_bench.py, message_bench.py and scroll_bench.py: the whole
 * application, whose main loop and frame clock are watched from outside. Main thread. A line on
 * standard output for each, times in microseconds:
 *
 *   card PROCESSOR CLOCK SLEPT FRAMES BEFORE LAYOUT PAINTING
 *     an offer's card is painted: the desk's own work from the moment that its loop woke with the
 *     event until the frame was done, without the time that it slept meanwhile (of this thread's
 *     processor, of the clock), that sleep, how many frames were begun until then, and the parts of
 *     the work: before the frame, laying out, painting
 *   message TEXT PAINTED and the same seven
 *     the newest message of the open chat stands in the frame, wholly to be seen: when (monotonic)
 *   opened MESSAGES PROCESSOR CLOCK FRAMES ROWS BEFORE LAYOUT PAINTING
 *     another chat, from the key that asked for it to the frame that shows its end; rows that stand
 *     for its messages then; the parts of the work
 *   frame PROCESSOR CLOCK      each frame, and
 *   turn PROCESSOR CLOCK       each turn of the loop above 2 ms: with METER_FRAMES set
 */

#include "client/message.h"
#include "desktop/application.h"
#include "desktop/chat/message-list.h"
#include "desktop/chat/message-row.h"
#include "desktop/chat/message-slots.h"
#include "desktop/chat/message-tail.h"
#include "desktop/offers/offer-card.h"
#include "desktop/style.h"

#include <time.h>

#define LONG_TURN 2000
#define BELOW     4 /* pixels of the last row that need not be seen: its margin */

typedef struct
{
  gint64 cpu, wall, slept; /* microseconds */
} Moment;

/* From an event to what it brings. */
typedef struct
{
  Moment received;
  guint frames; /* begun since */
} Wait;

static Moment now_awake; /* when the loop woke last */
static gint64 slept;     /* of the loop, in all */
static gboolean every_frame;

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
  gint64 from = g_get_monotonic_time (), worked = processor () - now_awake.cpu;
  gint ready;

  if (every_frame && worked > LONG_TURN)
    g_print ("turn %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", worked, from - now_awake.wall);
  ready = g_poll (fds, n, timeout);

  now_awake.wall = g_get_monotonic_time ();
  now_awake.cpu = processor ();
  slept += now_awake.wall - from;
  now_awake.slept = slept;
  return ready;
}

static GtkWidget *card; /* made, and not painted yet; weak */
static Wait card_wait;

static GtkListView *view; /* weak: of the chat that is open */
static GListModel *messages;
static gboolean told, opening; /* about what comes: painted, or another chat */
static Wait message_wait;

static gint64 parts[3]; /* the processor's clock when the frame began, was laid out, was painted */
static Moment frame;

static void
wait_begin (Wait *wait)
{
  *wait = (Wait){ .received = now_awake };
}

/* The seven, up to the end of the line. */
static void
wait_tell (const Wait *wait)
{
  gint64 asleep = slept - wait->received.slept;

  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %" G_GINT64_FORMAT
           " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
           processor () - wait->received.cpu,
           g_get_monotonic_time () - wait->received.wall - asleep, asleep, wait->frames,
           parts[0] - wait->received.cpu, parts[1] - parts[0], parts[2] - parts[1]);
}

static GtkListView *
find_view (GtkWidget *widget)
{
  GtkListView *found = NULL;

  if (GTK_IS_LIST_VIEW (widget))
    return GTK_LIST_VIEW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_view (child);
  return found;
}

static void
on_items (GListModel *model, guint position, guint removed, guint added)
{
  guint n = g_list_model_get_n_items (model);
  gboolean gone = removed > 0 && position == 0; /* this chat goes, another comes */

  if (!gone && (added == 0 || position + added != n || (opening && !told)))
    return;
  opening = gone;
  told = FALSE;
  wait_begin (&message_wait);
}

/* Those that have rows. */
static GListModel *
messages_of (GtkListView *list)
{
  GtkNoSelection *selection = GTK_NO_SELECTION (gtk_list_view_get_model (list));

  return guichet_message_slots_get_items (
      GUICHET_MESSAGE_SLOTS (gtk_no_selection_get_model (selection)));
}

static gboolean
on_map (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (GUICHET_IS_OFFER_CARD (widget) && card == NULL)
    {
      g_set_weak_pointer (&card, widget);
      wait_begin (&card_wait);
    }
  else if (GUICHET_IS_MESSAGE_LIST (widget) && view == NULL)
    {
      g_set_weak_pointer (&view, find_view (widget));
      messages = messages_of (view);
      g_signal_connect (messages, "items-changed", G_CALLBACK (on_items), NULL);
      told = TRUE;
    }
  return TRUE;
}

/* The last row, if all of it can be seen. */
static GuichetMessage *
shown_at_the_end (void)
{
  GtkWidget *item = gtk_widget_get_last_child (GTK_WIDGET (view));
  GtkWidget *row = item != NULL ? gtk_widget_get_first_child (item) : NULL;
  GtkWidget *scroller = gtk_widget_get_parent (GTK_WIDGET (view));
  graphene_rect_t box;

  while (item != NULL && !GUICHET_IS_MESSAGE_ROW (row))
    {
      item = gtk_widget_get_prev_sibling (item);
      row = item != NULL ? gtk_widget_get_first_child (item) : NULL;
    }
  if (row == NULL || !gtk_widget_get_mapped (row) ||
      !gtk_widget_compute_bounds (row, scroller, &box) || box.size.height == 0 ||
      box.origin.y + box.size.height > (float) gtk_widget_get_height (scroller) + BELOW)
    return NULL;
  return guichet_message_row_get_message (GUICHET_MESSAGE_ROW (row));
}

static void
look_at_messages (void)
{
  guint n = g_list_model_get_n_items (messages);
  g_autoptr (GuichetMessage) newest = n > 0 ? g_list_model_get_item (messages, n - 1) : NULL;
  const Moment *received = &message_wait.received;

  if (newest == NULL || shown_at_the_end () != newest)
    return;
  told = TRUE;
  if (opening)
    g_print ("opened %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u %" G_GINT64_FORMAT
             " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
             n + guichet_message_tail_get_hidden (GUICHET_MESSAGE_TAIL (messages)),
             processor () - received->cpu, g_get_monotonic_time () - received->wall,
             message_wait.frames, n, parts[0] - received->cpu, parts[1] - parts[0],
             parts[2] - parts[1]);
  else
    {
      g_print ("message %s %" G_GINT64_FORMAT " ", guichet_message_get_text (newest),
               g_get_monotonic_time ());
      wait_tell (&message_wait);
    }
}

static void
on_frame_begins (GdkFrameClock *clock)
{
  card_wait.frames++;
  message_wait.frames++;
  frame.wall = g_get_monotonic_time ();
  frame.cpu = parts[0] = parts[1] = parts[2] = processor ();
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
  if (every_frame)
    g_print ("frame %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", processor () - frame.cpu,
             g_get_monotonic_time () - frame.wall);
  if (card != NULL && gtk_widget_get_height (card) > 0)
    {
      g_print ("card ");
      wait_tell (&card_wait);
      g_clear_weak_pointer (&card);
    }
  if (!told && view != NULL)
    look_at_messages ();
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

  every_frame = g_getenv ("METER_FRAMES") != NULL;
  guichet_style_prepare ();
  widgets = g_type_class_ref (GTK_TYPE_WIDGET);
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
  g_type_class_unref (widgets);
  g_main_context_set_poll_func (NULL, on_poll);
  application = guichet_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (on_window), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
