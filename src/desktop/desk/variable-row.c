/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One call variable. A secure value is fetched when it is revealed, shown for half a minute, then
 * wiped. Main thread only.
 */

#include "desktop/desk/variable-row.h"

#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define REVEALED_SECONDS 30
#define DEFAULT_LIMIT    256

struct _GuichetVariableRow
{
  GtkWidget parent_instance;

  GtkWidget *lock;
  GtkLabel *name;
  GtkLabel *mark;
  GtkLabel *value;
  GtkWidget *reveal;
  GtkWidget *entry;
  GtkDropDown *choice;
  GtkWidget *edit_bar;
  GtkLabel *limit;
  GtkWidget *revert;
  GtkWidget *save;

  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetVariable *variable;
  GCancellable *cancellable;
  guint hide_id;
  char *saved; /* what the field started from */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (GuichetVariableRow, guichet_variable_row, GTK_TYPE_WIDGET)

static const char *const booleans[] = { "true", "false", NULL };

static const char *const *
choices_of (GuichetVariableRow *self)
{
  const char *const *choices = guichet_variable_get_choices (self->variable);

  if (g_str_equal (guichet_variable_get_kind (self->variable), "boolean"))
    return booleans;
  return choices != NULL && choices[0] != NULL ? choices : NULL;
}

static gint64
value_limit (GuichetVariableRow *self)
{
  gint64 limit = guichet_session_get_limit (self->session, "value");

  return limit > 0 ? limit : DEFAULT_LIMIT;
}

/* Editing
 * ............................................................................................................
 */

static void
on_typed (GuichetVariableRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean changed = g_strcmp0 (text, self->saved) != 0;
  gint64 limit = value_limit (self);
  gboolean over = g_utf8_strlen (text, -1) > limit;
  g_autofree char *words = NULL;

  if (over)
    words = g_strdup_printf (ngettext ("At most %d character; this has %d.",
                                       "At most %d characters; this has %d.", (gulong) limit),
                             (int) limit, (int) g_utf8_strlen (text, -1));
  gtk_widget_set_visible (self->edit_bar, changed);
  gtk_label_set_text (self->limit, over ? words : "");
  gtk_widget_set_sensitive (self->save, !over);
  guichet_widget_set_class (self->entry, "error", over);
}

static void
type_value (GuichetVariableRow *self, const char *text)
{
  g_free (self->saved);
  self->saved = g_strdup (text);
  guichet_session_type_variable (self->session, self->interaction,
                                 guichet_variable_get_id (self->variable), text);
}

static void
on_save (GuichetVariableRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (g_utf8_strlen (text, -1) > value_limit (self) || g_strcmp0 (text, self->saved) == 0)
    return;
  type_value (self, text);
  on_typed (self);
}

static void
on_revert (GuichetVariableRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->saved);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  gtk_widget_grab_focus (self->entry);
}

static void
on_chosen (GuichetVariableRow *self)
{
  const char *const *choices = self->variable != NULL ? choices_of (self) : NULL;
  guint chosen = gtk_drop_down_get_selected (self->choice);

  if (!self->filling && choices != NULL && chosen < g_strv_length ((char **) choices) &&
      g_strcmp0 (choices[chosen], self->saved) != 0)
    type_value (self, choices[chosen]);
}

/* Secure values
 * ......................................................................................................
 */

/* The label of a button is its name too, until it is named anew. */
static void
label_reveal (GuichetVariableRow *self, const char *label, const char *name_format)
{
  g_auto (GStrv) half = g_strsplit (name_format, "%s", 2);
  g_autofree char *name = g_strjoinv (guichet_variable_get_name (self->variable), half);

  gtk_button_set_label (GTK_BUTTON (self->reveal), label);
  guichet_accessible_name (self->reveal, name);
}

static gboolean
hide (gpointer data)
{
  GuichetVariableRow *self = data;

  self->hide_id = 0;
  gtk_label_set_text (self->value, "••••••••");
  guichet_accessible_name (GTK_WIDGET (self->value), _ ("Hidden"));
  gtk_label_set_selectable (self->value, FALSE);
  label_reveal (self, _ ("Reveal"), _ ("Reveal %s"));
  return G_SOURCE_REMOVE;
}

static void
on_revealed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetVariableRow) self = data;
  g_autoptr (GError) error = NULL;
  char *secret = guichet_session_reveal_finish (GUICHET_SESSION (source), result, &error);

  if (error != NULL)
    {
      g_autofree char *text = guichet_words_of_error (error);

      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        guichet_toast (GTK_WIDGET (self), text);
      return;
    }
  gtk_label_set_text (self->value, secret);
  guichet_accessible_name (GTK_WIDGET (self->value), secret);
  gtk_label_set_selectable (self->value, TRUE);
  guichet_session_free_secret (secret);
  label_reveal (self, _ ("Hide"), _ ("Hide %s"));
  self->hide_id = g_timeout_add_seconds (REVEALED_SECONDS, hide, self);
}

static void
on_reveal (GuichetVariableRow *self)
{
  if (self->hide_id != 0)
    {
      g_clear_handle_id (&self->hide_id, g_source_remove);
      hide (self);
      return;
    }
  guichet_session_reveal_async (self->session, self->interaction,
                                guichet_variable_get_id (self->variable), self->cancellable,
                                on_revealed, g_object_ref (self));
}

/* Showing
 * ............................................................................................................
 */

static void
fill_choices (GuichetVariableRow *self, const char *const *choices)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *value = guichet_variable_get_value (self->variable);
  guint found = GTK_INVALID_LIST_POSITION;

  self->filling = TRUE;
  for (guint i = 0; choices[i] != NULL; i++)
    {
      gtk_string_list_append (names, choices != booleans ? choices[i]
                                     : i == 0            ? _ ("Yes")
                                                         : _ ("No"));
      if (g_str_equal (choices[i], value))
        found = i;
    }
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->choice, found);
  self->filling = FALSE;
}

static void
refresh (GuichetVariableRow *self)
{
  const char *value = guichet_variable_get_value (self->variable);

  gtk_label_set_text (self->mark,
                      guichet_variable_get_saving (self->variable) ? _ ("Saving…") : "");
  if (guichet_variable_get_secure (self->variable))
    return;
  if (!guichet_variable_get_editable (self->variable))
    gtk_label_set_text (self->value, *value != '\0' ? value : "–");
  else if (g_strcmp0 (value, self->saved) != 0)
    {
      /* Newer at the centre: shown unless something else is being typed here. */
      gboolean typing =
          self->saved != NULL &&
          g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->saved) != 0;

      g_free (self->saved);
      self->saved = g_strdup (value);
      if (!typing)
        gtk_editable_set_text (GTK_EDITABLE (self->entry), value);
      if (choices_of (self) != NULL)
        fill_choices (self, choices_of (self));
      on_typed (self);
    }
}

static void
guichet_variable_row_dispose (GObject *object)
{
  GuichetVariableRow *self = GUICHET_VARIABLE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->hide_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->interaction);
  g_clear_object (&self->variable);
  g_clear_pointer (&self->saved, g_free);
  G_OBJECT_CLASS (guichet_variable_row_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetVariableRow, name)

static void
guichet_variable_row_class_init (GuichetVariableRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_variable_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/desk/variable-row.ui");
  BIND (lock);
  BIND (name);
  BIND (mark);
  BIND (value);
  BIND (reveal);
  BIND (entry);
  BIND (choice);
  BIND (edit_bar);
  BIND (limit);
  BIND (revert);
  BIND (save);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_revert);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_reveal);
}

static void
guichet_variable_row_init (GuichetVariableRow *self)
{
  self->cancellable = g_cancellable_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

static void
name_parts (GuichetVariableRow *self, const char *name)
{
  g_autofree char *save = g_strdup_printf (_ ("Save %s"), name);
  g_autofree char *revert = g_strdup_printf (_ ("Revert %s"), name);

  gtk_label_set_text (self->name, name);
  guichet_accessible_name_editable (GTK_EDITABLE (self->entry), name);
  guichet_accessible_name (GTK_WIDGET (self->choice), name);
  guichet_accessible_name_inner (GTK_WIDGET (self->choice), GTK_TYPE_TOGGLE_BUTTON, name);
  guichet_accessible_name_inner (GTK_WIDGET (self->choice), GTK_TYPE_LIST_VIEW, name);
  guichet_accessible_name (self->save, save);
  guichet_accessible_name (self->revert, revert);
}

GtkWidget *
guichet_variable_row_new (GuichetSession *session,
                          GuichetInteraction *interaction,
                          GuichetVariable *variable)
{
  GuichetVariableRow *self = g_object_new (GUICHET_TYPE_VARIABLE_ROW, NULL);
  gboolean secure = guichet_variable_get_secure (variable);
  gboolean editable = !secure && guichet_variable_get_editable (variable);

  self->session = g_object_ref (session);
  self->interaction = g_object_ref (interaction);
  self->variable = g_object_ref (variable);
  name_parts (self, guichet_variable_get_name (variable));
  gtk_widget_set_visible (self->lock, secure);
  gtk_widget_set_visible (self->reveal, secure);
  gtk_widget_set_visible (GTK_WIDGET (self->value), !editable);
  gtk_widget_set_visible (GTK_WIDGET (self->choice), editable && choices_of (self) != NULL);
  gtk_widget_set_visible (self->entry, editable && choices_of (self) == NULL);
  gtk_widget_set_visible (self->edit_bar, FALSE);
  if (secure)
    hide (self);
  refresh (self);
  g_signal_connect_object (variable, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
