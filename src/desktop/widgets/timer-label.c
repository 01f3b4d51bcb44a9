/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A label that counts seconds. All labels that are on a screen share one tick a second; without one
 * there is no tick. Main thread only.
 */

#include "desktop/widgets/timer-label.h"

#include "desktop/text/format.h"
#include "desktop/widgets/clock.h"

#include <glib/gi18n.h>

struct _GuichetTimerLabel
{
  GtkWidget parent_instance;

  GtkLabel *label;
  GuichetTimerDirection direction;
  GuichetTimerKind kind;
  gint64 instant;
  gint64 limit;
  char *caption;
};

G_DEFINE_FINAL_TYPE (GuichetTimerLabel, guichet_timer_label, GTK_TYPE_WIDGET)

static GPtrArray *ticking; /* the labels on a screen, not owned */
static guint tick_id;

static void
show_class (GuichetTimerLabel *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
refresh (GuichetTimerLabel *self)
{
  g_autofree char *text = NULL;
  gint64 now = guichet_clock_now ();
  gint64 left = self->direction == GUICHET_TIMER_UP ? now - self->instant : self->instant - now;
  gboolean late;

  if (self->instant == 0)
    {
      gtk_label_set_text (self->label, "");
      gtk_widget_set_visible (GTK_WIDGET (self->label), FALSE);
      return;
    }
  /* A countdown of 20.0 s begins with 0:20 and ends with 0:00. */
  if (self->direction == GUICHET_TIMER_DOWN)
    left += 999;
  late = (self->direction == GUICHET_TIMER_DOWN && left < 1000) ||
         (self->limit != 0 && now >= self->limit);
  text = guichet_format_duration (MAX (left, 0) / 1000);
  if (g_strcmp0 (text, gtk_label_get_text (self->label)) != 0)
    {
      g_autofree char *spoken = NULL;

      gtk_label_set_text (self->label, text);
      spoken =
          self->caption != NULL ? g_strdup_printf ("%s %s", self->caption, text) : g_strdup (text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken, -1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->label), TRUE);
  show_class (self, "late", late);
  show_class (self, "wrap-up", !late && self->kind == GUICHET_TIMER_WRAP_UP);
  show_class (self, "waiting", !late && self->kind == GUICHET_TIMER_WAITING);
  show_class (self, "handling", !late && self->kind == GUICHET_TIMER_HANDLING);
}

static gboolean
on_tick (gpointer unused)
{
  for (guint i = 0; i < ticking->len; i++)
    refresh (g_ptr_array_index (ticking, i));
  return G_SOURCE_CONTINUE;
}

static void
guichet_timer_label_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (guichet_timer_label_parent_class)->map (widget);
  refresh (GUICHET_TIMER_LABEL (widget));
  if (ticking == NULL)
    ticking = g_ptr_array_new ();
  g_ptr_array_add (ticking, widget);
  if (tick_id == 0)
    tick_id = g_timeout_add_seconds (1, on_tick, NULL);
}

static void
guichet_timer_label_unmap (GtkWidget *widget)
{
  g_ptr_array_remove_fast (ticking, widget);
  if (ticking->len == 0)
    {
      g_clear_handle_id (&tick_id, g_source_remove);
      g_clear_pointer (&ticking, g_ptr_array_unref);
    }
  GTK_WIDGET_CLASS (guichet_timer_label_parent_class)->unmap (widget);
}

static void
guichet_timer_label_dispose (GObject *object)
{
  GuichetTimerLabel *self = GUICHET_TIMER_LABEL (object);

  if (self->label != NULL)
    {
      gtk_widget_unparent (GTK_WIDGET (self->label));
      self->label = NULL;
    }
  g_clear_pointer (&self->caption, g_free);
  G_OBJECT_CLASS (guichet_timer_label_parent_class)->dispose (object);
}

static void
guichet_timer_label_class_init (GuichetTimerLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_timer_label_dispose;
  widget_class->map = guichet_timer_label_map;
  widget_class->unmap = guichet_timer_label_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timer");
}

static void
guichet_timer_label_init (GuichetTimerLabel *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
guichet_timer_label_new (void)
{
  return g_object_new (GUICHET_TYPE_TIMER_LABEL, NULL);
}

void
guichet_timer_label_set_instant (GuichetTimerLabel *self,
                                 GuichetTimerDirection direction,
                                 gint64 instant)
{
  self->direction = direction;
  self->instant = instant;
  refresh (self);
}

void
guichet_timer_label_set_kind (GuichetTimerLabel *self, GuichetTimerKind kind)
{
  self->kind = kind;
  refresh (self);
}

void
guichet_timer_label_set_limit (GuichetTimerLabel *self, gint64 limit)
{
  self->limit = limit;
  refresh (self);
}

void
guichet_timer_label_set_caption (GuichetTimerLabel *self, const char *caption)
{
  g_free (self->caption);
  self->caption = g_strdup (caption);
}
