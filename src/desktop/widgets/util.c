/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small things that every view needs. Main thread only.
 */

#include "desktop/widgets/util.h"

#include "client/phone.h"
#include "client/session.h"
#include "desktop/text/error-words.h"

#include <adwaita.h>

/* GTK complains of a label that is cut behind several lines when a letter a line would be narrower
 * than the sign of the cut. */
#define LEAST_CHARS 4
#define WIDEST      1.6 /* a window, times its width at 100 % */

void
guichet_widget_drop_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

void
guichet_toast (GtkWidget *widget, const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

void
guichet_label_wrap (GtkLabel *label)
{
  g_autoptr (PangoAttrList) whole = pango_attr_list_new ();

  pango_attr_list_insert (whole, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, whole);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
}

GtkLabel *
guichet_label_wrapped (const char *text, const char *style)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  guichet_label_wrap (label);
  gtk_label_set_xalign (label, 0);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), style);
  return label;
}

GtkLabel *
guichet_label_nothing (const char *text)
{
  GtkLabel *label = guichet_label_wrapped (text, "dim");

  gtk_label_set_xalign (label, 0.5);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_start (GTK_WIDGET (label), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (label), 12);
  return label;
}

GtkWidget *
guichet_choice_new (const char *text)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  return button;
}

/* Opening a page; the words say that nothing opens one. */
typedef struct
{
  GtkWidget *widget; /* owned */
  const char *words;
} Opening;

static void
on_opened (GObject *window, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (GtkWidget) widget = opening->widget;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (window), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    guichet_toast (widget, opening->words);
}

void
guichet_open_page (GtkWidget *widget, const char *url, const char *words)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  Opening *opening;

  if (!GTK_IS_WINDOW (root))
    return;
  opening = g_new (Opening, 1);
  *opening = (Opening){ g_object_ref (widget), words };
  gtk_show_uri_full (GTK_WINDOW (root), url, GDK_CURRENT_TIME, NULL, on_opened, opening);
}

void
guichet_popover_up_at (GtkPopover *popover, GtkTextView *view, const GtkTextIter *where)
{
  GdkRectangle at;

  gtk_text_view_get_iter_location (view, where, &at);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, at.x, at.y, &at.x, &at.y);
  at.width = MAX (at.width, 1);
  gtk_popover_set_pointing_to (popover, &at);
  gtk_popover_popup (popover);
}

static gboolean
on_closed (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer unused)
{
  GtkWidget *popover = g_value_get_object (values);
  GtkRoot *root = gtk_widget_get_root (popover);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *next;

  if (focus == NULL || (focus != popover && !gtk_widget_is_ancestor (focus, popover)))
    return TRUE;
  next = gtk_widget_get_parent (popover);
  while (next != NULL && !(gtk_widget_is_visible (next) && gtk_widget_grab_focus (next)))
    next = gtk_widget_get_parent (next);
  return TRUE;
}

void
guichet_popovers_give_focus_back (void)
{
  g_type_class_ref (GTK_TYPE_POPOVER); /* makes the signal, and is kept as the hook is */
  g_signal_add_emission_hook (g_signal_lookup ("closed", GTK_TYPE_POPOVER), 0, on_closed, NULL,
                              NULL);
}

static gboolean
open_now (GtkWidget *button, GdkFrameClock *clock, gpointer data)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  return G_SOURCE_REMOVE;
}

static gboolean
open_next (GtkWidget *button, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_add_tick_callback (button, open_now, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* FALSE: it was there already. */
static gboolean
scroll_to (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t at;
  double above, below;

  if (scroller == NULL || !gtk_widget_compute_bounds (widget, scroller, &at))
    return FALSE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  above = at.origin.y;
  below = at.origin.y + at.size.height - gtk_adjustment_get_page_size (adjustment);
  if (above >= 0 && below <= 0)
    return FALSE;
  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) + (above < 0 ? above : below));
  return TRUE;
}

/* Where it is now counts for the popover, so it has to be there first. */
void
guichet_window_set_size (GtkWindow *window, int width, int height)
{
  double scale = CLAMP (guichet_text_scale (GTK_WIDGET (window)), 1, WIDEST);

  gtk_window_set_default_size (window, (int) (width * scale), height);
}

void
guichet_menu_button_open (GtkMenuButton *button)
{
  if (scroll_to (GTK_WIDGET (button)))
    gtk_widget_add_tick_callback (GTK_WIDGET (button), open_next, NULL, NULL);
  else
    gtk_menu_button_popup (button);
}

void
guichet_widget_set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Large text comes as a higher resolution or as a larger font. */
double
guichet_text_scale (GtkWidget *widget)
{
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  double size = font != NULL ? pango_font_description_get_size (font) / (double) PANGO_SCALE : 11.0;
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  if (font != NULL && pango_font_description_get_size_is_absolute (font))
    return size * 72.0 / 96.0 / 11.0;
  return (dpi > 0 ? dpi / 1024.0 / 96.0 : 1.0) * size / 11.0;
}

static void
on_clamp_mapped (GtkWidget *clamp, gpointer size)
{
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp),
                              (int) (GPOINTER_TO_INT (size) * guichet_text_scale (clamp)));
}

void
guichet_clamp_text (GtkWidget *clamp, int size)
{
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), size);
  g_signal_connect (clamp, "map", G_CALLBACK (on_clamp_mapped), GINT_TO_POINTER (size));
}

void
guichet_widget_set_tip (GtkWidget *widget, const char *tip)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), tip) != 0)
    gtk_widget_set_tooltip_text (widget, tip);
}

static gboolean
on_query_cut (GtkLabel *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (label));
  return TRUE;
}

void
guichet_label_tip_when_cut (GtkLabel *label)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (label), TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_query_cut), NULL);
}

void
guichet_label_set_lines (GtkLabel *label, int lines)
{
  gtk_label_set_lines (label, lines);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (label, LEAST_CHARS);
}

void
guichet_label_keep_name (GtkLabel *label)
{
  guichet_label_wrap (label);
  guichet_label_set_lines (label, 2);
  guichet_label_tip_when_cut (label);
}

void
guichet_refresh_soon (GtkWidget *widget, guint *id, GSourceFunc refresh)
{
  /* Before GDK_PRIORITY_REDRAW, so that the frame that follows shows it. */
  if (*id == 0)
    *id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refresh, widget, NULL);
}

static void
report (GtkWidget *widget, GError *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text = guichet_words_of_error (error);

      guichet_toast (widget, text);
    }
}

void
guichet_command_done (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  guichet_session_command_finish (GUICHET_SESSION (session), result, &error);
  report (widget, error);
}

void
guichet_phone_command_done (GObject *phone, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  guichet_phone_call_finish (GUICHET_PHONE (phone), result, &error);
  report (widget, error);
}

void
guichet_window_close_by_escape (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

static gboolean
is_at (GListStore *store, guint position, gpointer wanted, GEqualFunc same)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (store), position);

  return same != NULL ? same (item, wanted) : item == wanted;
}

void
guichet_list_show (GListStore *store, guint position, GPtrArray *wanted, GEqualFunc same)
{
  guint last = g_list_model_get_n_items (G_LIST_MODEL (store)), n = last - position;
  guint most = MIN (n, wanted->len), start = 0, end = 0;

  while (start < most && is_at (store, position + start, wanted->pdata[start], same))
    start++;
  while (start + end < most &&
         is_at (store, last - 1 - end, wanted->pdata[wanted->len - 1 - end], same))
    end++;
  if (start + end < MAX (n, wanted->len))
    g_list_store_splice (store, position + start, n - start - end, wanted->pdata + start,
                         wanted->len - start - end);
}
