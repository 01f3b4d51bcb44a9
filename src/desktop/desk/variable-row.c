/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One call variable after another: what only some kinds have is made for the first of its kind. A
 * secure value is fetched when it is revealed, shown for half a minute, then wiped. Main thread
 * only.
 */

#include "desktop/desk/variable-row.h"

#include "desktop/desk/date-button.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include "model/variable.h"

#include <glib/gi18n.h>

#define REVEALED_SECONDS 30
#define DEFAULT_LIMIT    256
/* What was typed into a variable's field and not saved, while another variable is shown. */
#define UNSAVED "guichet-unsaved"

struct _GuichetVariableRow
{
  GtkWidget parent_instance;

  GtkWidget *head;
  GtkLabel *name;
  GtkLabel *mark;
  GtkWidget *place;
  GtkLabel *value;
  /* NULL until there is a variable that needs them: */
  GtkWidget *lock, *reveal;            /* of secure ones */
  GtkWidget *entry;                    /* of those that can be edited */
  GtkWidget *date;                     /* of dates among them */
  GtkDropDown *choice;                 /* of those with choices */
  GtkWidget *edit_bar, *revert, *save; /* once something else was typed */
  GtkLabel *remark;

  GuichetSession *session;
  GuichetInteraction *interaction;
  GuichetVariable *variable;
  gulong handler;
  GCancellable *cancellable;
  guint hide_id;
  char *saved;  /* what the field started from */
  char *theirs; /* what another saved while this one was typed, or NULL */
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

static void on_save (GuichetVariableRow *self);

/* --- editing ---------------------------------------------------------------------------------- */

static void
on_revert (GuichetVariableRow *self)
{
  g_clear_pointer (&self->theirs, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->saved);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  gtk_widget_grab_focus (self->entry);
}

static GtkWidget *
button_new (GuichetVariableRow *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
name_edit_bar (GuichetVariableRow *self)
{
  const char *name = guichet_variable_get_name (self->variable);
  g_autofree char *save = g_strdup_printf (_ ("Save %s"), name);
  g_autofree char *revert = g_strdup_printf (_ ("Revert %s"), name);

  guichet_accessible_name (self->save, save);
  guichet_accessible_name (self->revert, revert);
}

static void
ensure_edit_bar (GuichetVariableRow *self)
{
  if (self->edit_bar != NULL)
    return;
  self->edit_bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->remark = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->remark, 0);
  gtk_label_set_wrap (self->remark, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->remark), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->remark), "caption");
  self->revert = button_new (self, _ ("Revert"), G_CALLBACK (on_revert));
  self->save = button_new (self, _ ("Save"), G_CALLBACK (on_save));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_box_append (GTK_BOX (self->edit_bar), GTK_WIDGET (self->remark));
  gtk_box_append (GTK_BOX (self->edit_bar), self->revert);
  gtk_box_append (GTK_BOX (self->edit_bar), self->save);
  gtk_widget_insert_before (self->edit_bar, GTK_WIDGET (self), NULL);
  name_edit_bar (self);
}

static gboolean
is_typing (GuichetVariableRow *self)
{
  return self->entry != NULL && self->saved != NULL &&
         g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->saved) != 0;
}

/* Why the centre would not take it, or NULL. */
static char *
problem_of (GuichetVariableRow *self, const char *text)
{
  gint64 limit = value_limit (self);
  ModelVariableType type = MODEL_VARIABLE_TEXT;
  ModelVariable like = { 0 };
  const char *why;

  if (g_utf8_strlen (text, -1) > limit)
    return g_strdup_printf (ngettext ("At most %d character; this has %d.",
                                      "At most %d characters; this has %d.", (gulong) limit),
                            (int) limit, (int) g_utf8_strlen (text, -1));
  model_variable_type_from_text (guichet_variable_get_kind (self->variable), &type);
  like.type = (gint32) type;
  why = model_variable_check (&like, text);
  if (g_strcmp0 (why, "number") == 0)
    return g_strdup (_ ("Write a number, like 12 or 3.5"));
  if (g_strcmp0 (why, "date") == 0)
    return g_strdup (_ ("Write the date as 2026-03-31, or choose it"));
  if (g_strcmp0 (why, "datetime") == 0)
    return g_strdup (_ ("Write date and time as 2026-03-31T14:30:00+02:00, or choose them"));
  return NULL;
}

static void
on_typed (GuichetVariableRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean changed = self->variable != NULL && is_typing (self);
  g_autofree char *problem = changed ? problem_of (self, text) : NULL;
  g_autofree char *news = NULL;

  guichet_widget_set_class (self->entry, "error", problem != NULL);
  if (changed)
    ensure_edit_bar (self);
  if (self->edit_bar == NULL)
    return;
  if (self->theirs != NULL)
    news = g_strdup_printf (_ ("Saved by another meanwhile: %s"),
                            *self->theirs != '\0' ? self->theirs : "–");
  guichet_widget_set_class (GTK_WIDGET (self->remark), "error", problem != NULL);
  gtk_widget_set_visible (self->edit_bar, changed);
  gtk_label_set_text (self->remark, problem != NULL ? problem : news != NULL ? news : "");
  gtk_widget_set_sensitive (self->save, problem == NULL);
}

static void
type_value (GuichetVariableRow *self, const char *text)
{
  g_free (self->saved);
  self->saved = g_strdup (text);
  g_clear_pointer (&self->theirs, g_free);
  guichet_session_type_variable (self->session, self->interaction,
                                 guichet_variable_get_id (self->variable), text);
}

static void
on_save (GuichetVariableRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *problem = problem_of (self, text);

  if (problem != NULL || !is_typing (self))
    return;
  type_value (self, text);
  on_typed (self);
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

/* --- secure values ---------------------------------------------------------------------------- */

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

/* --- showing ---------------------------------------------------------------------------------- */

static gboolean
has_names (GListModel *model, const char *const *names)
{
  guint n = model != NULL ? g_list_model_get_n_items (model) : 0;

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (model), i), names[i]) != 0)
      return FALSE;
  return model != NULL && names[n] == NULL;
}

/* The names that are there already stay: other names are other rows in a list. */
static void
fill_choices (GuichetVariableRow *self, const char *const *choices)
{
  const char *const yes_no[] = { _ ("Yes"), _ ("No"), NULL };
  const char *const *names = choices == booleans ? yes_no : choices;
  const char *value = guichet_variable_get_value (self->variable);
  guint found = GTK_INVALID_LIST_POSITION;

  self->filling = TRUE;
  for (guint i = 0; choices[i] != NULL; i++)
    if (g_str_equal (choices[i], value))
      found = i;
  if (!has_names (gtk_drop_down_get_model (self->choice), names))
    {
      g_autoptr (GtkStringList) list = gtk_string_list_new (names);

      gtk_drop_down_set_model (self->choice, G_LIST_MODEL (list));
    }
  gtk_drop_down_set_selected (self->choice, found);
  self->filling = FALSE;
}

/* Newer at the centre: shown in the field unless something else is being typed there, which stays,
 * with the other beside it. */
static void
take_value (GuichetVariableRow *self, const char *value)
{
  gboolean typing = is_typing (self);

  g_free (self->saved);
  self->saved = g_strdup (value);
  if (self->choice != NULL && choices_of (self) != NULL)
    fill_choices (self, choices_of (self));
  if (self->entry == NULL)
    return;
  g_clear_pointer (&self->theirs, g_free);
  if (!typing)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), value);
  else if (is_typing (self))
    self->theirs = g_strdup (value);
  on_typed (self);
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
    take_value (self, value);
}

static void
guichet_variable_row_dispose (GObject *object)
{
  GuichetVariableRow *self = GUICHET_VARIABLE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->hide_id, g_source_remove);
  if (self->variable != NULL)
    g_clear_signal_handler (&self->handler, self->variable);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->interaction);
  g_clear_object (&self->variable);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->theirs, g_free);
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
  BIND (head);
  BIND (name);
  BIND (mark);
  BIND (place);
  BIND (value);
}

static void
guichet_variable_row_init (GuichetVariableRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- kinds ------------------------------------------------------------------------------------ */

static gboolean
is_edited (GuichetVariable *variable)
{
  return !guichet_variable_get_secure (variable) && guichet_variable_get_editable (variable);
}

static gboolean
is_date (GuichetVariable *variable)
{
  return g_str_has_prefix (guichet_variable_get_kind (variable), "date");
}

static void
make_secure (GuichetVariableRow *self)
{
  self->lock = gtk_image_new_from_icon_name ("changes-prevent-symbolic");
  gtk_widget_set_tooltip_text (self->lock, _ ("Secure variable"));
  guichet_accessible_name (self->lock, _ ("Secure variable"));
  gtk_box_prepend (GTK_BOX (self->head), self->lock);
  self->reveal = button_new (self, _ ("Reveal"), G_CALLBACK (on_reveal));
  gtk_box_append (GTK_BOX (self->place), self->reveal);
}

static void
make_entry (GuichetVariableRow *self)
{
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_box_append (GTK_BOX (self->place), self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  if (!is_date (self->variable))
    return;
  self->date = guichet_date_button_new (GTK_EDITABLE (self->entry));
  gtk_box_append (GTK_BOX (self->place), self->date);
}

static void
make_choice (GuichetVariableRow *self)
{
  self->choice = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->choice), TRUE);
  gtk_box_append (GTK_BOX (self->place), GTK_WIDGET (self->choice));
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
}

static void
make_parts (GuichetVariableRow *self)
{
  gboolean edited = is_edited (self->variable);

  gtk_widget_set_visible (GTK_WIDGET (self->value), !edited);
  if (guichet_variable_get_secure (self->variable))
    make_secure (self);
  else if (edited && choices_of (self) != NULL)
    make_choice (self);
  else if (edited)
    make_entry (self);
}

static void
name_parts (GuichetVariableRow *self, const char *name)
{
  gtk_label_set_text (self->name, name);
  if (self->entry != NULL)
    guichet_accessible_name_editable (GTK_EDITABLE (self->entry), name);
  if (self->date != NULL)
    guichet_date_button_set_kind (GUICHET_DATE_BUTTON (self->date), name,
                                  guichet_variable_get_kind (self->variable));
  if (self->edit_bar != NULL)
    name_edit_bar (self);
  if (self->choice == NULL)
    return;
  guichet_accessible_name (GTK_WIDGET (self->choice), name);
  guichet_accessible_name_inner (GTK_WIDGET (self->choice), GTK_TYPE_TOGGLE_BUTTON, name);
  guichet_accessible_name_inner (GTK_WIDGET (self->choice), GTK_TYPE_LIST_VIEW, name);
}

/* [what was typed, what the field started from], until the variable is shown again. */
static void
put_aside (GuichetVariableRow *self)
{
  const char *both[] = { NULL, self->saved, NULL };

  if (is_typing (self))
    both[0] = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_object_set_data_full (G_OBJECT (self->variable), UNSAVED,
                          both[0] != NULL ? g_strdupv ((char **) both) : NULL,
                          (GDestroyNotify) g_strfreev);
}

static void
bring_back (GuichetVariableRow *self)
{
  g_auto (GStrv) both = g_object_steal_data (G_OBJECT (self->variable), UNSAVED);

  if (both == NULL || self->entry == NULL)
    return;
  self->saved = g_strdup (both[1]);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), both[0]);
}

/* Nothing of the variable before may be seen, come late, or be brought back by undoing. */
static void
forget (GuichetVariableRow *self)
{
  if (self->variable != NULL)
    {
      g_clear_signal_handler (&self->handler, self->variable);
      put_aside (self);
    }
  g_clear_pointer (&self->theirs, g_free);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->hide_id, g_source_remove);
  g_clear_pointer (&self->saved, g_free);
  g_clear_object (&self->variable);
  if (self->entry != NULL)
    gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
}

GtkWidget *
guichet_variable_row_new (GuichetSession *session,
                          GuichetInteraction *interaction,
                          GuichetVariable *variable)
{
  GuichetVariableRow *self = g_object_new (GUICHET_TYPE_VARIABLE_ROW, NULL);

  self->session = g_object_ref (session);
  guichet_variable_row_show (self, interaction, variable);
  return GTK_WIDGET (self);
}

gboolean
guichet_variable_row_takes (GuichetVariableRow *self, GuichetVariable *variable)
{
  const char *const *choices = guichet_variable_get_choices (variable);
  gboolean chosen = g_str_equal (guichet_variable_get_kind (variable), "boolean") ||
                    (choices != NULL && choices[0] != NULL);
  gboolean edited = is_edited (variable);

  return guichet_variable_get_secure (variable) == (self->reveal != NULL) &&
         (edited && chosen) == (self->choice != NULL) &&
         (edited && !chosen) == (self->entry != NULL) &&
         (edited && is_date (variable)) == (self->date != NULL);
}

void
guichet_variable_row_show (GuichetVariableRow *self,
                           GuichetInteraction *interaction,
                           GuichetVariable *variable)
{
  gboolean fresh = self->variable == NULL;

  forget (self);
  g_set_object (&self->interaction, interaction);
  self->variable = g_object_ref (variable);
  if (fresh)
    make_parts (self);
  name_parts (self, guichet_variable_get_name (variable));
  if (self->reveal != NULL)
    hide (self);
  bring_back (self);
  refresh (self);
  if (self->entry != NULL)
    gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), TRUE);
  self->handler = g_signal_connect_swapped (variable, "notify", G_CALLBACK (refresh), self);
}
