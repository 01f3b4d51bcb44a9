/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notes, disposition and tags as typed, and the wrap-up. Everything typed goes to the session at
 * once, which keeps it; this view only shows whether the centre has it. Main thread only.
 */

#include "desktop/desk/outcome-view.h"

#include "desktop/chat/company.h"
#include "desktop/desk/allowed.h"
#include "desktop/desk/conflict-bar.h"
#include "desktop/desk/saved-mark.h"
#include "desktop/desk/sentiment-view.h"
#include "desktop/desk/watch.h"
#include "desktop/shortcuts.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/picker.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetOutcomeView
{
  GtkWidget parent_instance;

  GtkWidget *wrap_up;
  GtkLabel *wrap_up_text;
  GuichetTimerLabel *countdown;
  GtkWidget *extend;
  GtkWidget *submit;
  GuichetConflictBar *conflict;
  GtkWidget *earlier;
  GtkLabel *earlier_text;
  GuichetSavedMark *note_mark;
  GuichetSentimentView *sentiment;
  GtkTextView *notes;
  GtkMenuButton *disposition;
  GtkLabel *disposition_label;
  GuichetSavedMark *disposition_mark;
  GtkImage *disposition_check;
  GtkPopover *disposition_popover;
  GtkFlowBox *tags;
  GuichetSavedMark *tags_mark;
  GtkMenuButton *add_tag;
  GtkPopover *tag_popover;

  GuichetPicker *disposition_picker;
  GuichetPicker *tag_picker;
  GuichetWatch *watch;
  gulong typed_handler;
  char **shown_tags;
};

G_DEFINE_FINAL_TYPE (GuichetOutcomeView, guichet_outcome_view, GTK_TYPE_WIDGET)

static GuichetParticipation *
mine_of (GuichetOutcomeView *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);

  return interaction != NULL ? guichet_interaction_get_mine (interaction) : NULL;
}

/* --- notes ------------------------------------------------------------------------------------ */

static char *
note_text (GuichetOutcomeView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
on_note_typed (GuichetOutcomeView *self)
{
  g_autofree char *text = note_text (self);

  if (guichet_watch_get_interaction (self->watch) != NULL)
    guichet_session_type_note (guichet_watch_get_session (self->watch),
                               guichet_watch_get_interaction (self->watch), text);
}

/* Whether the centre has what was typed. */
static void
show_mark (GuichetOutcomeView *self,
           GuichetSavedMark *mark,
           const char *saving_property,
           const char *problem_property,
           GuichetSavedState otherwise)
{
  GuichetSession *session = guichet_watch_get_session (self->watch);
  g_autofree char *problem = NULL;
  g_autofree char *words = NULL;
  gboolean saving = FALSE;

  g_object_get (mine_of (self), saving_property, &saving, problem_property, &problem, NULL);
  /* The bar above says a conflict, with both texts. */
  if (g_strcmp0 (problem, "conflict") == 0)
    otherwise = GUICHET_SAVED_NOTHING;
  else if (problem != NULL && *problem != '\0')
    {
      words = guichet_words (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, problem);
      otherwise = GUICHET_SAVED_REFUSED;
    }
  else if (saving)
    otherwise =
        guichet_session_get_link_up (session) ? GUICHET_SAVED_ON_THE_WAY : GUICHET_SAVED_KEPT_HERE;
  guichet_saved_mark_show (mark, otherwise, words);
}

static void
show_note (GuichetOutcomeView *self, GuichetParticipation *mine)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  const char *note = guichet_participation_get_note (mine);
  g_autofree char *here = note_text (self);

  /* What stands in the field is what was typed last, which the session has; only another
   * interaction, or a note that came from elsewhere, replaces it. */
  if (!g_str_equal (note, here))
    {
      g_signal_handler_block (buffer, self->typed_handler);
      gtk_text_buffer_set_text (buffer, note, -1);
      g_signal_handler_unblock (buffer, self->typed_handler);
    }
  show_mark (self, self->note_mark, "note-saving", "note-problem",
             *note != '\0' ? GUICHET_SAVED_DURABLY : GUICHET_SAVED_NOTHING);
}

/* What the others of this work wrote, those who gave it away before all. */
static void
show_earlier (GuichetOutcomeView *self, GuichetInteraction *interaction, GuichetParticipation *mine)
{
  GListModel *all = guichet_interaction_get_participations (interaction);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetParticipation) one = g_list_model_get_item (all, i);

      if (one == mine || *guichet_participation_get_note (one) == '\0')
        continue;
      g_string_append (text, text->len > 0 ? "\n" : "");
      g_string_append_printf (text, _ ("%s: %s"), guichet_participation_get_name (one),
                              guichet_participation_get_note (one));
    }
  gtk_widget_set_visible (self->earlier, text->len > 0);
  if (!g_str_equal (gtk_label_get_text (self->earlier_text), text->str))
    gtk_label_set_text (self->earlier_text, text->str);
}

/* --- disposition ------------------------------------------------------------------------------ */

static gboolean
disposition_fits (GuichetDefinition *definition, gpointer data)
{
  GuichetOutcomeView *self = data;
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);

  return interaction != NULL &&
         guichet_definition_is_for_queue (definition, guichet_interaction_get_queue (interaction));
}

static void
on_disposition_picked (GuichetOutcomeView *self, GuichetDefinition *definition)
{
  gtk_popover_popdown (self->disposition_popover);
  if (guichet_watch_get_interaction (self->watch) != NULL)
    guichet_session_type_disposition (guichet_watch_get_session (self->watch),
                                      guichet_watch_get_interaction (self->watch),
                                      guichet_definition_get_id (definition));
}

/* The box is ticked with the choice; green when the centre has it. */
static void
show_check (GuichetOutcomeView *self, gboolean chosen, gboolean saved)
{
  gtk_image_set_from_icon_name (self->disposition_check,
                                chosen ? "checkbox-checked-symbolic" : "checkbox-symbolic");
  guichet_widget_set_class (GTK_WIDGET (self->disposition_check), "success", saved);
}

static void
show_disposition (GuichetOutcomeView *self,
                  GuichetInteraction *interaction,
                  GuichetParticipation *mine)
{
  GuichetSession *session = guichet_watch_get_session (self->watch);
  const char *id = guichet_participation_get_disposition (mine);
  gboolean chosen = *id != '\0';
  gboolean fixed = g_str_equal (guichet_participation_get_disposition_set_by (mine), "system");
  const char *reason = NULL;
  const char *name = chosen
                         ? guichet_session_name_of (guichet_session_get_dispositions (session), id)
                         : _ ("Choose a disposition…");
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), _ ("Disposition"), name);
  g_autofree char *problem = NULL;
  gboolean saving = FALSE;

  g_object_get (mine, "disposition-saving", &saving, "disposition-problem", &problem, NULL);
  gtk_label_set_text (self->disposition_label, name);
  guichet_accessible_name (GTK_WIDGET (self->disposition), spoken);
  if (guichet_allowed (session, interaction, MODEL_ACTION_DISPOSITION, &reason) == MODEL_ALLOWED)
    reason = fixed ? _ ("The centre set this disposition.") : NULL;
  /* Who only helps has none. */
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->disposition)),
                          !guichet_company_helps (interaction));
  guichet_shortcuts_grey (GTK_WIDGET (self->disposition), reason, _ ("Disposition"),
                          "win.disposition");
  show_check (self, chosen, chosen && !saving && (problem == NULL || *problem == '\0'));
  show_mark (self, self->disposition_mark, "disposition-saving", "disposition-problem",
             !chosen ? GUICHET_SAVED_NOTHING
             : fixed ? GUICHET_SAVED_BY_CENTRE
                     : GUICHET_SAVED_DURABLY);
}

/* --- tags ------------------------------------------------------------------------------------- */

static gboolean
has_tag (const char *const *tags, const char *id)
{
  return tags != NULL && g_strv_contains (tags, id);
}

static gboolean
tag_fits (GuichetDefinition *definition, gpointer data)
{
  GuichetParticipation *mine = mine_of (data);

  return mine != NULL &&
         !has_tag (guichet_participation_get_tags (mine), guichet_definition_get_id (definition));
}

static void
type_tags (GuichetOutcomeView *self, const char *add, const char *remove)
{
  const char *const *now = guichet_participation_get_tags (mine_of (self));
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; now != NULL && now[i] != NULL; i++)
    if (g_strcmp0 (now[i], remove) != 0)
      g_ptr_array_add (ids, (gpointer) now[i]);
  if (add != NULL)
    g_ptr_array_add (ids, (gpointer) add);
  g_ptr_array_add (ids, NULL);
  guichet_session_type_tags (guichet_watch_get_session (self->watch),
                             guichet_watch_get_interaction (self->watch),
                             (const char *const *) ids->pdata);
}

static void
on_tag_picked (GuichetOutcomeView *self, GuichetDefinition *definition)
{
  gtk_popover_popdown (self->tag_popover);
  if (mine_of (self) != NULL)
    type_tags (self, guichet_definition_get_id (definition), NULL);
}

static void
on_tag_removed (GuichetOutcomeView *self, GtkButton *button)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "tag"));

  gtk_widget_grab_focus (GTK_WIDGET (self->add_tag));
  if (mine_of (self) != NULL)
    type_tags (self, NULL, id);
}

static void
add_chip (GuichetOutcomeView *self, const char *id)
{
  GuichetSession *session = guichet_watch_get_session (self->watch);
  const char *name = guichet_session_name_of (guichet_session_get_tags (session), id);
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *spoken = g_strdup_printf (_ ("Remove the tag %s"), name);

  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, spoken);
  guichet_accessible_name (remove, spoken);
  g_object_set_data_full (G_OBJECT (remove), "tag", g_strdup (id), g_free);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_tag_removed), self);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), remove);
  gtk_flow_box_insert (self->tags, chip, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  gtk_widget_set_halign (gtk_widget_get_parent (chip), GTK_ALIGN_START);
}

static void
show_tags (GuichetOutcomeView *self, GuichetParticipation *mine)
{
  const char *const *ids = guichet_participation_get_tags (mine);
  GtkWidget *child;

  show_mark (self, self->tags_mark, "tags-saving", "tags-problem",
             ids != NULL && ids[0] != NULL ? GUICHET_SAVED_DURABLY : GUICHET_SAVED_NOTHING);
  if (self->shown_tags != NULL && ids != NULL &&
      g_strv_equal ((const char *const *) self->shown_tags, ids))
    return;
  g_strfreev (self->shown_tags);
  self->shown_tags = g_strdupv ((char **) ids);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tags))) != NULL)
    gtk_flow_box_remove (self->tags, child);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    add_chip (self, ids[i]);
}

/* --- wrap-up ---------------------------------------------------------------------------------- */

static gboolean
lacks_disposition (GuichetOutcomeView *self,
                   GuichetInteraction *interaction,
                   GuichetParticipation *mine)
{
  GListModel *queues = guichet_session_get_queues (guichet_watch_get_session (self->watch));

  if (*guichet_participation_get_disposition (mine) != '\0')
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (GuichetQueue) queue = g_list_model_get_item (queues, i);

      if (g_str_equal (guichet_queue_get_id (queue), guichet_interaction_get_queue (interaction)))
        return guichet_queue_get_disposition_required (queue);
    }
  return FALSE;
}

static const char *
submit_reason (GuichetOutcomeView *self,
               GuichetInteraction *interaction,
               GuichetParticipation *mine)
{
  const char *reason = NULL;

  if (guichet_allowed (guichet_watch_get_session (self->watch), interaction,
                       MODEL_ACTION_WRAP_UP_SUBMIT, &reason) != MODEL_ALLOWED)
    return reason;
  if (lacks_disposition (self, interaction, mine))
    return guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                               "disposition_required");
  return NULL;
}

static void
show_wrap_up (GuichetOutcomeView *self, GuichetInteraction *interaction, GuichetParticipation *mine)
{
  gboolean on = g_str_equal (guichet_interaction_get_phase (interaction), "wrap_up");
  gint64 deadline = guichet_participation_get_wrap_up_deadline (mine);
  gboolean extendable = guichet_participation_get_wrap_up_extendable (mine);
  const char *reason = NULL;

  gtk_widget_set_visible (self->wrap_up, on);
  if (!on)
    return;
  gtk_label_set_text (self->wrap_up_text, deadline != 0 ? _ ("Wrap-up: submitted for you in")
                                          : guichet_participation_get_wrap_up_extended (mine)
                                              ? _ ("Wrap-up: take your time, then submit")
                                              : _ ("Wrap-up"));
  guichet_timer_label_set_caption (self->countdown, _ ("Time left"));
  guichet_timer_label_set_kind (self->countdown, GUICHET_TIMER_WRAP_UP);
  guichet_timer_label_set_instant (self->countdown, GUICHET_TIMER_DOWN, deadline);
  gtk_widget_set_visible (self->extend, extendable && deadline != 0);
  guichet_allowed (guichet_watch_get_session (self->watch), interaction,
                   MODEL_ACTION_WRAP_UP_EXTEND, &reason);
  guichet_shortcuts_grey (self->extend, reason, _ ("More time for this wrap-up"), "win.extend");
  guichet_shortcuts_grey (self->submit, submit_reason (self, interaction, mine),
                          _ ("Submit wrap-up"), "win.submit");
}

static void
on_submit (GuichetOutcomeView *self)
{
  guichet_session_submit_wrap_up_async (guichet_watch_get_session (self->watch),
                                        guichet_watch_get_interaction (self->watch), NULL,
                                        guichet_command_done, g_object_ref (self));
}

static void
on_extend (GuichetOutcomeView *self)
{
  guichet_session_extend_wrap_up_async (guichet_watch_get_session (self->watch),
                                        guichet_watch_get_interaction (self->watch), NULL,
                                        guichet_command_done, g_object_ref (self));
}

static void
refresh (gpointer data)
{
  GuichetOutcomeView *self = data;
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  GuichetParticipation *mine = mine_of (self);

  if (interaction == NULL || mine == NULL)
    return;
  show_wrap_up (self, interaction, mine);
  show_earlier (self, interaction, mine);
  show_note (self, mine);
  guichet_sentiment_view_show (self->sentiment, guichet_watch_get_session (self->watch),
                               interaction);
  show_disposition (self, interaction, mine);
  show_tags (self, mine);
}

static void
submit_by_key (GuichetOutcomeView *self)
{
  GuichetInteraction *interaction = guichet_watch_get_interaction (self->watch);
  const char *reason = NULL;

  if (interaction == NULL || mine_of (self) == NULL)
    return;
  reason = submit_reason (self, interaction, mine_of (self));
  if (reason != NULL)
    guichet_toast (GTK_WIDGET (self), reason);
  else if (g_str_equal (guichet_interaction_get_phase (interaction), "wrap_up"))
    on_submit (self);
}

void
guichet_outcome_view_perform (GuichetOutcomeView *self, const char *action)
{
  if (mine_of (self) == NULL)
    return;
  if (g_str_equal (action, "notes"))
    gtk_widget_grab_focus (GTK_WIDGET (self->notes));
  else if (g_str_equal (action, "disposition") &&
           gtk_widget_get_sensitive (GTK_WIDGET (self->disposition)))
    guichet_menu_button_open (self->disposition);
  else if (g_str_equal (action, "tags"))
    guichet_menu_button_open (self->add_tag);
  else if (g_str_equal (action, "submit"))
    submit_by_key (self);
  else if (g_str_equal (action, "extend") && gtk_widget_get_visible (self->extend) &&
           gtk_widget_get_visible (self->wrap_up) && gtk_widget_get_sensitive (self->extend))
    on_extend (self);
}

/* --- class ------------------------------------------------------------------------------------ */

/* The pickers are made when they are first opened. */
static GuichetPicker *
make_picker (GuichetOutcomeView *self,
             GtkPopover *popover,
             const char *name,
             GListModel *definitions,
             GuichetPickerFunc accepts,
             GCallback picked)
{
  GtkWidget *picker = guichet_picker_new (name, _ ("Type 3 letters…"));

  guichet_picker_set_model (GUICHET_PICKER (picker), definitions, accepts, self);
  gtk_popover_set_child (popover, picker);
  g_signal_connect_swapped (popover, "map", G_CALLBACK (guichet_picker_restart), picker);
  g_signal_connect_swapped (picker, "picked", picked, self);
  return GUICHET_PICKER (picker);
}

static void
make_disposition_picker (GtkMenuButton *button, gpointer data)
{
  GuichetOutcomeView *self = data;

  if (self->disposition_picker == NULL)
    self->disposition_picker =
        make_picker (self, self->disposition_popover, _ ("Search dispositions"),
                     guichet_session_get_dispositions (guichet_watch_get_session (self->watch)),
                     disposition_fits, G_CALLBACK (on_disposition_picked));
}

static void
make_tag_picker (GtkMenuButton *button, gpointer data)
{
  GuichetOutcomeView *self = data;

  if (self->tag_picker == NULL)
    self->tag_picker =
        make_picker (self, self->tag_popover, _ ("Search tags"),
                     guichet_session_get_tags (guichet_watch_get_session (self->watch)), tag_fits,
                     G_CALLBACK (on_tag_picked));
}

static void
guichet_outcome_view_dispose (GObject *object)
{
  GuichetOutcomeView *self = GUICHET_OUTCOME_VIEW (object);

  if (self->watch != NULL)
    guichet_watch_stop (self->watch);
  g_clear_object (&self->watch);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_pointer (&self->shown_tags, g_strfreev);
  G_OBJECT_CLASS (guichet_outcome_view_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetOutcomeView, name)

static void
guichet_outcome_view_class_init (GuichetOutcomeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_outcome_view_dispose;
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  g_type_ensure (GUICHET_TYPE_CONFLICT_BAR);
  g_type_ensure (GUICHET_TYPE_SAVED_MARK);
  g_type_ensure (GUICHET_TYPE_SENTIMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/desk/outcome-view.ui");
  BIND (wrap_up);
  BIND (wrap_up_text);
  BIND (countdown);
  BIND (extend);
  BIND (submit);
  BIND (conflict);
  BIND (earlier);
  BIND (earlier_text);
  BIND (note_mark);
  BIND (sentiment);
  BIND (notes);
  BIND (disposition);
  BIND (disposition_label);
  BIND (disposition_check);
  BIND (disposition_mark);
  BIND (disposition_popover);
  BIND (tags);
  BIND (tags_mark);
  BIND (add_tag);
  BIND (tag_popover);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, on_extend);
}

static void
guichet_outcome_view_init (GuichetOutcomeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = guichet_watch_new (refresh, self);
  /* The button centres what it holds. */
  gtk_widget_set_halign (
      gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (self->disposition_label))),
      GTK_ALIGN_FILL);
  guichet_saved_mark_set_subject (self->note_mark, _ ("Notes"));
  guichet_saved_mark_set_subject (self->disposition_mark, _ ("Disposition"));
  guichet_saved_mark_set_subject (self->tags_mark, _ ("Tags"));
  gtk_menu_button_set_create_popup_func (self->disposition, make_disposition_picker, self, NULL);
  gtk_menu_button_set_create_popup_func (self->add_tag, make_tag_picker, self, NULL);
  guichet_accessible_name (GTK_WIDGET (self->add_tag), _ ("Add a tag"));
  guichet_shortcuts_set_tip (GTK_WIDGET (self->add_tag), _ ("Add a tag"), "win.tags");
  guichet_accessible_name (GTK_WIDGET (self->tags), _ ("Tags"));
  self->typed_handler = g_signal_connect_swapped (gtk_text_view_get_buffer (self->notes), "changed",
                                                  G_CALLBACK (on_note_typed), self);
}

void
guichet_outcome_view_set_session (GuichetOutcomeView *self, GuichetSession *session)
{
  guichet_watch_set_session (self->watch, session);
  guichet_conflict_bar_set_session (self->conflict, session);
}

void
guichet_outcome_view_set_interaction (GuichetOutcomeView *self, GuichetInteraction *interaction)
{
  if (interaction == guichet_watch_get_interaction (self->watch))
    return;
  g_clear_pointer (&self->shown_tags, g_strfreev);
  guichet_watch_set_interaction (self->watch, interaction);
  guichet_conflict_bar_set_interaction (self->conflict, interaction);
}
