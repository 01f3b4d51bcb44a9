/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One line of the task list: icon, customer, queue and what goes on, numbers, timer. Main thread
 * only.
 */

#include "desktop/desk/task-row.h"

#include "client/session.h"
#include "desktop/desk/call-words.h"
#include "desktop/desk/stripe.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetTaskHeading
{
  GObject parent_instance;

  char *title;
  GListModel *items;
};

G_DEFINE_FINAL_TYPE (GuichetTaskHeading, guichet_task_heading, G_TYPE_OBJECT)

static void
guichet_task_heading_finalize (GObject *object)
{
  GuichetTaskHeading *self = GUICHET_TASK_HEADING (object);

  g_free (self->title);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (guichet_task_heading_parent_class)->finalize (object);
}

static void
guichet_task_heading_class_init (GuichetTaskHeadingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_task_heading_finalize;
}

static void
guichet_task_heading_init (GuichetTaskHeading *self)
{
}

GuichetTaskHeading *
guichet_task_heading_new (const char *title, GListModel *items)
{
  GuichetTaskHeading *self = g_object_new (GUICHET_TYPE_TASK_HEADING, NULL);

  self->title = g_strdup (title);
  self->items = g_object_ref (items);
  return self;
}

struct _GuichetTaskRow
{
  GtkWidget parent_instance;

  GtkLabel *heading;
  GtkWidget *body;
  GtkWidget *stripe;
  GtkImage *icon;
  GtkLabel *who;
  GtkLabel *what;
  GtkLabel *numbers;
  GtkLabel *unread;
  GuichetTimerLabel *timer;
  GuichetTimerLabel *waiting;

  GObject *item;
  GObject *source; /* whose change is heard: the item, or a heading's list */
  gulong handler;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetTaskRow, guichet_task_row, GTK_TYPE_WIDGET)

static void
show_heading (GuichetTaskRow *self, GuichetTaskHeading *heading)
{
  g_autofree char *upper = g_utf8_strup (heading->title, -1);
  g_autofree char *text =
      g_strdup_printf ("%s · %u", upper, g_list_model_get_n_items (heading->items));

  gtk_label_set_text (self->heading, text);
}

/* Who calls, or texts, which number of the centre; elsewhere there are none. */
static void
show_numbers (GuichetTaskRow *self, const char *channel, const char *from, const char *to)
{
  gboolean numbers = g_str_equal (channel, "voice") || g_str_equal (channel, "sms");
  g_autofree char *text = *from != '\0' && *to != '\0' ? g_strconcat (from, " → ", to, NULL)
                                                       : g_strconcat (from, to, NULL);

  gtk_label_set_text (self->numbers, text);
  gtk_widget_set_visible (GTK_WIDGET (self->numbers), numbers && *text != '\0');
}

/* What the customer of a chat waits for; NULL: nothing of that. */
static void
show_chat (GuichetTaskRow *self, GuichetInteraction *interaction)
{
  gint64 unread = interaction != NULL ? guichet_interaction_get_unread (interaction) : 0;
  gint64 waiting = interaction != NULL ? guichet_interaction_get_waiting_since (interaction) : 0;
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, unread);
  g_autofree char *spoken = g_strdup_printf (
      ngettext ("%d new message", "%d new messages", (gulong) unread), (int) unread);

  gtk_label_set_text (self->unread, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unread), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->unread), unread > 0);
  guichet_timer_label_set_kind (self->waiting, GUICHET_TIMER_WAITING);
  guichet_timer_label_set_caption (self->waiting, _ ("The customer waits for a reply for"));
  guichet_timer_label_set_instant (self->waiting, GUICHET_TIMER_UP, waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), waiting != 0);
}

static void
show_offer (GuichetTaskRow *self, GuichetOffer *offer)
{
  g_autofree char *who = guichet_who_offer (offer);
  gboolean chat = !g_str_equal (guichet_offer_get_channel (offer), "voice");
  const char *queue = guichet_offer_get_queue_name (offer);
  const char *doing = chat ? guichet_words_channel (guichet_offer_get_channel (offer))
                      : g_str_equal (guichet_offer_get_stage (offer), "connecting")
                          ? _ ("connecting")
                          : _ ("ringing");
  g_autofree char *what = *queue != '\0' ? g_strjoin (" · ", queue, doing, NULL) : g_strdup (doing);

  gtk_image_set_from_icon_name (
      self->icon, chat ? guichet_words_channel_icon (guichet_offer_get_channel (offer))
                       : "call-incoming-symbolic");
  guichet_stripe_show (self->stripe, NULL);
  show_chat (self, NULL);
  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->what, what);
  show_numbers (self, guichet_offer_get_channel (offer), guichet_offer_get_customer_number (offer),
                guichet_offer_get_called (offer));
  guichet_timer_label_set_kind (self->timer, GUICHET_TIMER_HANDLING);
  guichet_timer_label_set_caption (self->timer, _ ("Time left"));
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_DOWN,
                                   guichet_offer_get_deadline (offer));
  guichet_timer_label_set_limit (self->timer, 0);
}

static const char *
phase_words (GuichetInteraction *interaction)
{
  const char *phase = guichet_interaction_get_phase (interaction);
  const char *channel = guichet_interaction_get_channel (interaction);

  if (g_str_equal (phase, "wrap_up"))
    return _ ("wrap-up");
  if (g_str_equal (phase, "dialling"))
    return _ ("calling");
  return g_str_equal (channel, "voice")
             ? guichet_call_words_row (guichet_call_words_state (interaction, NULL))
             : guichet_words_channel (channel);
}

static void
show_interaction (GuichetTaskRow *self, GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  const char *phase = guichet_interaction_get_phase (interaction);
  gboolean wrap_up = g_str_equal (phase, "wrap_up");
  const char *queue = guichet_interaction_get_queue_name (interaction);
  g_autofree char *who = guichet_who_interaction (interaction);
  gboolean chat = *guichet_interaction_get_conversation (interaction) != '\0';
  const char *doing = phase_words (interaction);
  const char *status =
      wrap_up ? NULL : guichet_words_status (guichet_interaction_get_status (interaction));
  g_autofree char *where =
      *queue != '\0' ? g_strjoin (" · ", queue, doing, NULL) : g_strdup (doing);
  g_autofree char *what =
      status != NULL ? g_strjoin (" · ", status, where, NULL) : g_strdup (where);
  gint64 since = mine == NULL ? 0
                 : wrap_up    ? guichet_participation_get_wrap_up_started (mine)
                              : guichet_participation_get_joined_at (mine);

  gtk_image_set_from_icon_name (
      self->icon, wrap_up ? "document-edit-symbolic"
                  : g_str_equal (phase, "held")
                      ? "media-playback-pause-symbolic"
                      : guichet_words_channel_icon (guichet_interaction_get_channel (interaction)));
  guichet_stripe_show (self->stripe, chat ? interaction : NULL);
  show_chat (self, chat && !wrap_up ? interaction : NULL);
  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->what, what);
  show_numbers (self, guichet_interaction_get_channel (interaction),
                guichet_interaction_get_customer_number (interaction),
                guichet_interaction_get_called (interaction));
  guichet_timer_label_set_kind (self->timer,
                                wrap_up ? GUICHET_TIMER_WRAP_UP : GUICHET_TIMER_HANDLING);
  guichet_timer_label_set_caption (self->timer,
                                   wrap_up ? _ ("Wrapping up for") : _ ("Handling for"));
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_UP, since);
  guichet_timer_label_set_limit (
      self->timer, wrap_up && mine != NULL ? guichet_participation_get_wrap_up_deadline (mine) : 0);
}

static gboolean
refresh (gpointer data)
{
  GuichetTaskRow *self = data;

  self->refresh_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->heading), GUICHET_IS_TASK_HEADING (self->item));
  gtk_widget_set_visible (self->body, !GUICHET_IS_TASK_HEADING (self->item));
  if (GUICHET_IS_TASK_HEADING (self->item))
    show_heading (self, GUICHET_TASK_HEADING (self->item));
  else if (GUICHET_IS_OFFER (self->item))
    show_offer (self, GUICHET_OFFER (self->item));
  else if (GUICHET_IS_INTERACTION (self->item))
    show_interaction (self, GUICHET_INTERACTION (self->item));
  return G_SOURCE_REMOVE;
}

static void
on_changed (GuichetTaskRow *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

static void
guichet_task_row_dispose (GObject *object)
{
  GuichetTaskRow *self = GUICHET_TASK_ROW (object);

  guichet_task_row_set_item (self, NULL);
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_task_row_parent_class)->dispose (object);
}

static void
guichet_task_row_class_init (GuichetTaskRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_task_row_dispose;
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/desk/task-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, heading);
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, body);
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, stripe);
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, icon);
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, who);
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, what);
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, numbers);
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, unread);
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, timer);
  gtk_widget_class_bind_template_child (widget_class, GuichetTaskRow, waiting);
}

static void
guichet_task_row_init (GuichetTaskRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_label_tip_when_cut (self->who);
  guichet_label_tip_when_cut (self->what);
  guichet_label_tip_when_cut (self->numbers);
}

GtkWidget *
guichet_task_row_new (void)
{
  return g_object_new (GUICHET_TYPE_TASK_ROW, NULL);
}

void
guichet_task_row_set_item (GuichetTaskRow *self, gpointer item)
{
  if (item != NULL && self->item == item)
    return;
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->source != NULL)
    g_clear_signal_handler (&self->handler, self->source);
  g_clear_object (&self->source);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  if (GUICHET_IS_TASK_HEADING (item))
    {
      self->source = g_object_ref (G_OBJECT (GUICHET_TASK_HEADING (item)->items));
      self->handler =
          g_signal_connect_swapped (self->source, "items-changed", G_CALLBACK (on_changed), self);
    }
  else
    {
      self->source = g_object_ref (item);
      self->handler = g_signal_connect_swapped (item, "notify", G_CALLBACK (on_changed), self);
    }
  refresh (self);
}

gpointer
guichet_task_row_get_item (GuichetTaskRow *self)
{
  return self->item;
}
