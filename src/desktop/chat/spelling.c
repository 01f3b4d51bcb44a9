/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The spelling of a text view. Owns its dictionary, which is loaded when something is written, on
 * another thread, and then used on the main one alone; the rest is of the main thread.
 */

#include "desktop/chat/spelling.h"

#include "desktop/chat/dictionary.h"
#include "desktop/chat/spell-words.h"
#include "desktop/chat/spelling-menu.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <string.h>

/* Words that are looked up before others have their turn. */
#define AT_ONCE 40

struct _GuichetSpelling
{
  GObject parent_instance;

  GtkTextView *view; /* not owned */
  GtkTextBuffer *buffer;
  GtkTextTag *wrong;
  GtkTextMark *from, *to; /* what is to be looked at */
  GtkTextMark *at;        /* the word of the menu */
  GtkWidget *popover;     /* of the view, once it was needed */
  GSimpleActionGroup *actions;
  char *language;
  GuichetDictionary *loaded; /* NULL: none was needed yet */
  char *loaded_for;          /* a language that may be another by now */
  GCancellable *loading;
  GMenu *waiting; /* shown before there was a dictionary; may be NULL */
  guint idle_id;
  gboolean goes; /* to a wrong word, as soon as there is a dictionary */
};

G_DEFINE_FINAL_TYPE (GuichetSpelling, guichet_spelling, G_TYPE_OBJECT)

static void need (GuichetSpelling *self);

/* Whether the dictionary is of the language that is written. */
static gboolean
is_ready (GuichetSpelling *self)
{
  return self->loaded != NULL && g_strcmp0 (self->loaded_for, self->language) == 0;
}

static gboolean
can_look (GuichetSpelling *self)
{
  return is_ready (self) && *guichet_dictionary_tag (self->loaded) != '\0';
}

/* --- looking ---------------------------------------------------------------------------------- */

/* From space to space, so that what is looked at is made of whole words. */
static void
widen (GtkTextIter *start, GtkTextIter *end)
{
  while (!gtk_text_iter_starts_line (start))
    {
      GtkTextIter before = *start;

      gtk_text_iter_backward_char (&before);
      if (g_unichar_isspace (gtk_text_iter_get_char (&before)))
        break;
      *start = before;
    }
  while (!gtk_text_iter_ends_line (end) && !g_unichar_isspace (gtk_text_iter_get_char (end)))
    gtk_text_iter_forward_char (end);
}

/* The word that is being typed is not called wrong before it is finished. */
static gboolean
is_being_typed (GuichetSpelling *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor,
                                    gtk_text_buffer_get_insert (self->buffer));
  return gtk_widget_has_focus (GTK_WIDGET (self->view)) && gtk_text_iter_equal (&cursor, end) &&
         !gtk_text_iter_equal (&cursor, start);
}

/* Looks at the beginning of what is left; FALSE: nothing is left. */
static gboolean
look (GuichetSpelling *self)
{
  GtkTextIter from, to, done;
  g_autofree char *text = NULL;
  const char *at, *word = NULL;
  gsize length;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &from, self->from);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &to, self->to);
  if (gtk_text_iter_compare (&from, &to) >= 0)
    return FALSE;
  widen (&from, &to);
  gtk_text_buffer_remove_tag (self->buffer, self->wrong, &from, &to);
  text = gtk_text_iter_get_slice (&from, &to);
  at = text;
  done = to;
  for (guint n = 0; guichet_spell_next (&at, &word, &length); n++)
    {
      GtkTextIter start = from, end = from;

      gtk_text_iter_forward_chars (&start, (int) g_utf8_pointer_to_offset (text, word));
      gtk_text_iter_forward_chars (&end, (int) g_utf8_pointer_to_offset (text, word + length));
      if (n == AT_ONCE && !gtk_text_iter_equal (&start, &from))
        {
          done = start;
          break;
        }
      if (!is_being_typed (self, &start, &end) &&
          !guichet_dictionary_has (self->loaded, word, length))
        gtk_text_buffer_apply_tag (self->buffer, self->wrong, &start, &end);
    }
  gtk_text_buffer_move_mark (self->buffer, self->from, &done);
  gtk_text_buffer_move_mark (self->buffer, self->to, &to);
  return !gtk_text_iter_equal (&done, &to);
}

static gboolean
on_idle (gpointer data)
{
  GuichetSpelling *self = data;

  if (can_look (self) && look (self))
    return G_SOURCE_CONTINUE;
  self->idle_id = 0;
  return G_SOURCE_REMOVE;
}

static void
look_soon (GuichetSpelling *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &from, self->from);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &to, self->to);
  if (self->idle_id == 0 || gtk_text_iter_compare (start, &from) < 0)
    gtk_text_buffer_move_mark (self->buffer, self->from, start);
  if (self->idle_id == 0 || gtk_text_iter_compare (end, &to) > 0)
    gtk_text_buffer_move_mark (self->buffer, self->to, end);
  if (self->idle_id == 0 && can_look (self))
    self->idle_id = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

static void
look_at_all (GuichetSpelling *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, self->wrong, &start, &end);
  look_soon (self, &start, &end);
}

static void
on_inserted (GtkTextBuffer *buffer, GtkTextIter *end, char *text, int length, GuichetSpelling *self)
{
  GtkTextIter start = *end;

  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  need (self);
  look_soon (self, &start, end);
}

static void
on_deleted (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *end, GuichetSpelling *self)
{
  GtkTextIter from = *start, to = *start;

  gtk_text_iter_backward_char (&from);
  gtk_text_iter_forward_char (&to);
  look_soon (self, &from, &to);
}

/* The cursor leaves the word that was being typed. */
static void
on_moved (GtkTextBuffer *buffer, GtkTextIter *place, GtkTextMark *mark, GuichetSpelling *self)
{
  GtkTextIter start, end;

  if (mark != gtk_text_buffer_get_insert (buffer) || self->idle_id != 0)
    return;
  gtk_text_buffer_get_iter_at_mark (buffer, &start, self->to);
  end = start;
  gtk_text_iter_backward_char (&start);
  look_soon (self, &start, &end);
}

/* --- the menu --------------------------------------------------------------------------------- */

/* The wrong word around a place. */
static gboolean
wrong_at (GuichetSpelling *self, const GtkTextIter *place, GtkTextIter *start, GtkTextIter *end)
{
  *start = *end = *place;
  if (!gtk_text_iter_has_tag (place, self->wrong) && !gtk_text_iter_ends_tag (place, self->wrong))
    return FALSE;
  if (!gtk_text_iter_starts_tag (start, self->wrong))
    gtk_text_iter_backward_to_tag_toggle (start, self->wrong);
  if (!gtk_text_iter_ends_tag (end, self->wrong))
    gtk_text_iter_forward_to_tag_toggle (end, self->wrong);
  return TRUE;
}

/* For the word at the mark. */
static void
fill (GuichetSpelling *self, GMenu *menu)
{
  g_autofree char *word = NULL;
  GtkTextIter place, start, end;
  GAction *language = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "language");

  g_simple_action_set_state (G_SIMPLE_ACTION (language),
                             g_variant_new_string (guichet_dictionary_tag (self->loaded)));
  gtk_text_buffer_get_iter_at_mark (self->buffer, &place, self->at);
  if (wrong_at (self, &place, &start, &end))
    {
      word = gtk_text_iter_get_slice (&start, &end);
      gtk_text_buffer_move_mark (self->buffer, self->at, &start);
    }
  guichet_spelling_menu (self->loaded, self->language, word, menu);
}

/* Of the word at this place; empty until there is a dictionary. */
static GMenu *
menu_at (GuichetSpelling *self, const GtkTextIter *place)
{
  GMenu *menu = g_menu_new ();

  gtk_text_buffer_move_mark (self->buffer, self->at, place);
  if (is_ready (self))
    fill (self, menu);
  else
    {
      g_set_object (&self->waiting, menu);
      need (self);
    }
  return menu;
}

/* Into the field's own menu. */
static void
prepare_menu (GuichetSpelling *self, const GtkTextIter *place)
{
  g_autoptr (GMenu) menu = menu_at (self, place);

  gtk_text_view_set_extra_menu (self->view, G_MENU_MODEL (menu));
}

static void
prepare_at_cursor (GuichetSpelling *self)
{
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor,
                                    gtk_text_buffer_get_insert (self->buffer));
  prepare_menu (self, &cursor);
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, GuichetSpelling *self)
{
  GtkTextIter place;
  int at_x, at_y;

  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &at_x, &at_y);
  gtk_text_view_get_iter_at_location (self->view, &place, at_x, at_y);
  prepare_menu (self, &place);
}

static gboolean
on_key (GuichetSpelling *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (modifiers & GDK_SHIFT_MASK) != 0))
    prepare_at_cursor (self);
  return GDK_EVENT_PROPAGATE;
}

/* --- what its items do ------------------------------------------------------------------------ */

static void
on_replace (GSimpleAction *action, GVariant *better, gpointer data)
{
  GuichetSpelling *self = data;
  GtkTextIter place, start, end;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &place, self->at);
  if (!wrong_at (self, &place, &start, &end))
    return;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, g_variant_get_string (better, NULL), -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_text_buffer_place_cursor (self->buffer, &start);
}

static void
on_keep (GSimpleAction *action, GVariant *word, gpointer data)
{
  GuichetSpelling *self = data;
  const char *text = g_variant_get_string (word, NULL);

  if (!can_look (self))
    return;
  guichet_dictionary_add (self->loaded, text,
                          g_str_equal (g_action_get_name (G_ACTION (action)), "add"));
  look_at_all (self);
}

static void
on_language (GSimpleAction *action, GVariant *tag, gpointer data)
{
  guichet_spelling_set_language (data, g_variant_get_string (tag, NULL));
}

static void
on_nothing (GSimpleAction *action, GVariant *parameter, gpointer data)
{
}

/* --- the object ------------------------------------------------------------------------------- */

static void
guichet_spelling_dispose (GObject *object)
{
  GuichetSpelling *self = GUICHET_SPELLING (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);
  g_clear_object (&self->actions);
  g_clear_object (&self->waiting);
  g_clear_pointer (&self->loaded, guichet_dictionary_free);
  g_clear_pointer (&self->loaded_for, g_free);
  g_clear_pointer (&self->language, g_free);
  G_OBJECT_CLASS (guichet_spelling_parent_class)->dispose (object);
}

static void
guichet_spelling_class_init (GuichetSpellingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_spelling_dispose;
}

static void
guichet_spelling_init (GuichetSpelling *self)
{
  static const GActionEntry entries[] = {
    { .name = "replace", .activate = on_replace, .parameter_type = "s" },
    { .name = "add", .activate = on_keep, .parameter_type = "s" },
    { .name = "ignore", .activate = on_keep, .parameter_type = "s" },
    { .name = "language", .activate = on_language, .parameter_type = "s", .state = "''" },
    { .name = "nothing", .activate = on_nothing },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "nothing")),
      FALSE);
}

GuichetSpelling *
guichet_spelling_new (GtkTextView *view)
{
  GuichetSpelling *self = g_object_new (GUICHET_TYPE_SPELLING, NULL);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkTextIter start;

  self->view = view;
  self->buffer = g_object_ref (gtk_text_view_get_buffer (view));
  self->wrong =
      gtk_text_buffer_create_tag (self->buffer, NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  self->from = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  self->to = gtk_text_buffer_create_mark (self->buffer, NULL, &start, FALSE);
  self->at = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  g_signal_connect_after (self->buffer, "insert-text", G_CALLBACK (on_inserted), self);
  g_signal_connect_after (self->buffer, "delete-range", G_CALLBACK (on_deleted), self);
  g_signal_connect (self->buffer, "mark-set", G_CALLBACK (on_moved), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, 0);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
  gtk_widget_insert_action_group (GTK_WIDGET (view), "spelling", G_ACTION_GROUP (self->actions));
  return self;
}

/* The next wrong word after the cursor, or from the beginning on. */
static gboolean
next_wrong (GuichetSpelling *self, GtkTextIter *start)
{
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_mark (self->buffer, start, gtk_text_buffer_get_insert (self->buffer));
  while (gtk_text_iter_forward_to_tag_toggle (start, self->wrong))
    if (gtk_text_iter_starts_tag (start, self->wrong))
      return TRUE;
  gtk_text_buffer_get_start_iter (self->buffer, start);
  end = *start;
  return gtk_text_iter_starts_tag (start, self->wrong) ||
         (gtk_text_iter_forward_to_tag_toggle (&end, self->wrong) &&
          (*start = end, gtk_text_iter_starts_tag (start, self->wrong)));
}

/* A menu of its own: below what else the field's has, the better words would be out of sight. */
static void
pop_up (GuichetSpelling *self, const GtkTextIter *start)
{
  g_autoptr (GMenu) menu = menu_at (self, start);

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (NULL);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self->view));
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->popover), G_MENU_MODEL (menu));
  guichet_popover_up_at (GTK_POPOVER (self->popover), self->view, start);
}

void
guichet_spelling_go (GuichetSpelling *self)
{
  GtkTextIter start;
  g_autofree char *missing = NULL;

  self->goes = !is_ready (self);
  if (self->goes)
    {
      need (self);
      return;
    }
  if (*guichet_dictionary_tag (self->loaded) == '\0')
    {
      missing = guichet_spelling_missing (self->language);
      guichet_toast (GTK_WIDGET (self->view), missing);
      return;
    }
  while (look (self))
    ;
  if (!next_wrong (self, &start))
    {
      guichet_toast (GTK_WIDGET (self->view), _ ("No wrong words were found."));
      return;
    }
  gtk_text_buffer_place_cursor (self->buffer, &start);
  gtk_text_view_scroll_mark_onscreen (self->view, gtk_text_buffer_get_insert (self->buffer));
  pop_up (self, &start);
}

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  GuichetSpelling *self = GUICHET_SPELLING (object);
  GuichetDictionary *loaded = guichet_dictionary_load_finish (result, NULL);

  if (loaded == NULL) /* another language was wanted meanwhile */
    return;
  g_clear_object (&self->loading);
  g_clear_pointer (&self->loaded, guichet_dictionary_free);
  self->loaded = loaded;
  g_free (self->loaded_for);
  self->loaded_for = g_strdup (self->language);
  look_at_all (self);
  if (self->waiting != NULL)
    {
      while (can_look (self) && look (self))
        ;
      fill (self, self->waiting);
      g_clear_object (&self->waiting);
    }
  if (self->goes)
    guichet_spelling_go (self);
}

/* Begins to load the dictionary unless it is there. */
static void
need (GuichetSpelling *self)
{
  if (is_ready (self) || self->loading != NULL || self->language == NULL)
    return;
  self->loading = g_cancellable_new ();
  guichet_dictionary_load_async (self, self->language, self->loading, on_loaded);
}

void
guichet_spelling_set_language (GuichetSpelling *self, const char *language)
{
  const char *wanted =
      language != NULL && *language != '\0' ? language : g_get_language_names ()[0];

  if (*wanted == 'C' || g_str_equal (wanted, "POSIX"))
    wanted = "en";
  if (g_strcmp0 (self->language, wanted) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (wanted);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (gtk_text_buffer_get_char_count (self->buffer) > 0 || self->goes || self->waiting != NULL)
    need (self);
  look_at_all (self);
}
