/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: what is typed: shown at once, into the outbox at once, and the outbox's news back
 * to the records. Main loop. */
#include "client/typing.h"

#include "client/fields/session.h"
#include "client/fields/work.h"
#include "client/overlay.h"
#include "client/seen.h"

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

static GuichetRecord *
find_variable (GuichetInteraction *interaction, const char *id)
{
  GListModel *variables = guichet_interaction_get_variables (interaction);

  return variables != NULL ? guichet_list_find (G_LIST_STORE (variables), id, NULL) : NULL;
}

/* Lays the outbox over what one of its rows belongs to. */
static void
show_row (GuichetSession *self, const GuichetRow *row, gint64 saved_revision)
{
  GuichetInteraction *interaction = guichet_session_find_interaction (self, row->interaction);
  GuichetRecord *target;

  if (interaction == NULL)
    return;
  if (g_str_equal (row->kind, "variable"))
    {
      target = find_variable (interaction, row->name);
      if (target == NULL)
        return;
      if (saved_revision > 0)
        guichet_record_set_int (target, VARIABLE_REVISION, saved_revision);
      guichet_overlay_variable (target, row->interaction, self->outbox);
      return;
    }
  target = guichet_list_find (G_LIST_STORE (guichet_interaction_get_participations (interaction)),
                              row->target, NULL);
  if (target == NULL)
    return;
  if (saved_revision > 0)
    guichet_record_set_int (target,
                            g_str_equal (row->kind, "note")   ? PARTICIPATION_NOTE_REVISION
                            : g_str_equal (row->kind, "tags") ? PARTICIPATION_TAGS_REVISION
                            : g_str_equal (row->kind, "sentiment")
                                ? PARTICIPATION_SENTIMENT_REVISION
                                : PARTICIPATION_DISPOSITION_REVISION,
                            saved_revision);
  guichet_overlay_participation (target, self->outbox);
}

static void
clear_saving (GuichetSession *self, const GuichetRow *row)
{
  GuichetInteraction *interaction = guichet_session_find_interaction (self, row->interaction);
  GuichetRecord *target;

  if (interaction == NULL ||
      guichet_outbox_find (self->outbox, row->kind, row->target, row->name) != row)
    return;
  if (g_str_equal (row->kind, "variable"))
    {
      target = find_variable (interaction, row->name);
      if (target != NULL)
        guichet_record_set_bool (target, VARIABLE_SAVING, FALSE);
      return;
    }
  target = guichet_list_find (G_LIST_STORE (guichet_interaction_get_participations (interaction)),
                              row->target, NULL);
  if (target != NULL)
    guichet_record_set_bool (target,
                             g_str_equal (row->kind, "note")   ? PARTICIPATION_NOTE_SAVING
                             : g_str_equal (row->kind, "tags") ? PARTICIPATION_TAGS_SAVING
                             : g_str_equal (row->kind, "sentiment")
                                 ? PARTICIPATION_SENTIMENT_SAVING
                                 : PARTICIPATION_DISPOSITION_SAVING,
                             FALSE);
}

static void
on_saved (GuichetOutbox *outbox, const GuichetRow *row, gint64 revision, GuichetSession *self)
{
  show_row (self, row, revision);
  clear_saving (self, row);
}

static void
show_conflict (const GuichetRow *row, gpointer user_data)
{
  GuichetSession *self = user_data;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, row->id);
  GuichetRecord *conflict = guichet_list_find (self->conflicts, id, NULL);
  g_autoptr (GuichetRecord) made = NULL;

  if (!g_str_equal (row->problem, "conflict"))
    return;
  if (conflict == NULL)
    conflict = made = g_object_new (GUICHET_TYPE_CONFLICT, NULL);
  guichet_record_set_string (conflict, CONFLICT_ID, id);
  guichet_record_set_string (conflict, CONFLICT_INTERACTION, row->interaction);
  guichet_record_set_string (conflict, CONFLICT_KIND, row->kind);
  guichet_record_set_string (conflict, CONFLICT_KEY, row->name);
  guichet_record_set_string (conflict, CONFLICT_MINE, row->secret ? "" : row->value);
  guichet_record_set_string (conflict, CONFLICT_THEIRS, row->secret ? "" : row->theirs);
  guichet_record_set_int (conflict, CONFLICT_THEIRS_REVISION, row->theirs_revision);
  if (made != NULL)
    g_list_store_append (self->conflicts, made);
}

void
guichet_session_show_conflicts (GuichetSession *self)
{
  guichet_outbox_foreach (self->outbox, show_conflict, self);
}

static void
on_set_aside (GuichetOutbox *outbox, const GuichetRow *row, GuichetSession *self)
{
  show_row (self, row, 0);
  show_conflict (row, self);
}

static void
on_changed (GuichetOutbox *outbox, GuichetSession *self)
{
  guichet_record_set_int (record (self), SESSION_UNSAVED, guichet_outbox_count (outbox));
}

void
guichet_session_init_typing (GuichetSession *self)
{
  g_signal_connect (self->outbox, "saved", G_CALLBACK (on_saved), self);
  g_signal_connect (self->outbox, "set-aside", G_CALLBACK (on_set_aside), self);
  g_signal_connect (self->outbox, "changed", G_CALLBACK (on_changed), self);
}

static void
type (GuichetSession *self, GuichetInteraction *interaction, const GuichetTyped *typed)
{
  const GuichetRow *row;

  guichet_outbox_type (self->outbox, typed);
  row = guichet_outbox_find (self->outbox, typed->kind, typed->target, typed->name);
  show_row (self, row, 0);
  show_conflict (row, self);
}

static void
type_mine (GuichetSession *self,
           GuichetInteraction *interaction,
           const char *kind,
           guint revision,
           const char *value)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  GuichetTyped typed = { .kind = kind, .name = "", .value = value };

  if (mine == NULL)
    return;
  typed.interaction = guichet_interaction_get_id (interaction);
  typed.target = guichet_participation_get_id (mine);
  typed.revision = guichet_record_get_int (record (mine), revision);
  type (self, interaction, &typed);
}

void
guichet_session_type_note (GuichetSession *self, GuichetInteraction *interaction, const char *text)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  if (mine != NULL && !g_str_equal (guichet_participation_get_note (mine), text))
    {
      type_mine (self, interaction, "note", PARTICIPATION_NOTE_REVISION, text);
      guichet_see_interaction (self, interaction);
    }
}

void
guichet_session_type_disposition (GuichetSession *self,
                                  GuichetInteraction *interaction,
                                  const char *id)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  if (id == NULL)
    id = "";
  if (mine != NULL && !g_str_equal (guichet_participation_get_disposition (mine), id))
    type_mine (self, interaction, "disposition", PARTICIPATION_DISPOSITION_REVISION, id);
}

void
guichet_session_type_tags (GuichetSession *self,
                           GuichetInteraction *interaction,
                           const char *const *ids)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  g_autofree char *joined = g_strjoinv (" ", (char **) ids);

  if (mine != NULL && !g_strv_equal (guichet_participation_get_tags (mine), ids))
    type_mine (self, interaction, "tags", PARTICIPATION_TAGS_REVISION, joined);
}

void
guichet_session_type_sentiment (GuichetSession *self,
                                GuichetInteraction *interaction,
                                const char *sentiment)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  if (mine != NULL && !g_str_equal (guichet_participation_get_sentiment (mine), sentiment))
    type_mine (self, interaction, "sentiment", PARTICIPATION_SENTIMENT_REVISION, sentiment);
}

void
guichet_session_type_variable (GuichetSession *self,
                               GuichetInteraction *interaction,
                               const char *variable,
                               const char *value)
{
  GuichetRecord *target = find_variable (interaction, variable);
  GuichetTyped typed = { .kind = "variable", .name = variable, .value = value };

  if (target == NULL)
    return;
  typed.secret = guichet_record_get_bool (target, VARIABLE_SECURE);
  if (!typed.secret && g_str_equal (guichet_record_get_string (target, VARIABLE_VALUE), value))
    return;
  typed.interaction = typed.target = guichet_interaction_get_id (interaction);
  typed.revision = guichet_record_get_int (target, VARIABLE_REVISION);
  type (self, interaction, &typed);
}

/* The record shows the agent's decision until the centre has it. */
static void
show_decision (GuichetSession *self,
               GuichetConflict *conflict,
               const char *target,
               const char *text)
{
  GuichetInteraction *interaction =
      guichet_session_find_interaction (self, guichet_conflict_get_interaction (conflict));
  const char *kind = guichet_conflict_get_kind (conflict);
  GuichetRecord *shown;

  if (interaction == NULL)
    return;
  if (g_str_equal (kind, "variable"))
    {
      shown = find_variable (interaction, guichet_conflict_get_key (conflict));
      if (shown != NULL && !guichet_record_get_bool (shown, VARIABLE_SECURE))
        guichet_record_set_string (shown, VARIABLE_VALUE, text);
      if (shown != NULL)
        guichet_overlay_variable (shown, guichet_interaction_get_id (interaction), self->outbox);
      return;
    }
  shown = guichet_list_find (G_LIST_STORE (guichet_interaction_get_participations (interaction)),
                             target, NULL);
  if (shown == NULL)
    return;
  if (g_str_equal (kind, "note"))
    guichet_record_set_string (shown, PARTICIPATION_NOTE, text);
  else if (g_str_equal (kind, "disposition"))
    guichet_record_set_string (shown, PARTICIPATION_DISPOSITION, text);
  else if (g_str_equal (kind, "sentiment"))
    guichet_record_set_string (shown, PARTICIPATION_SENTIMENT, text);
  else
    {
      g_auto (GStrv) ids = *text != '\0' ? g_strsplit (text, " ", -1) : NULL;
      guichet_record_set_strv (shown, PARTICIPATION_TAGS, (const char *const *) ids);
    }
  guichet_overlay_participation (shown, self->outbox);
}

typedef struct
{
  gint64 id;
  char *target;
} Search;

static void
find_target (const GuichetRow *row, gpointer user_data)
{
  Search *search = user_data;

  if (row->id == search->id)
    search->target = g_strdup (row->target);
}

void
guichet_session_resolve (GuichetSession *self, GuichetConflict *conflict, const char *text)
{
  g_autoptr (GuichetConflict) alive G_GNUC_UNUSED = g_object_ref (conflict);
  g_autofree char *id = g_strdup (guichet_record_get_string (record (conflict), CONFLICT_ID));
  Search search = { g_ascii_strtoll (id, NULL, 10), NULL };

  guichet_outbox_foreach (self->outbox, find_target, &search);
  guichet_list_remove (self->conflicts, id);
  guichet_outbox_resolve (self->outbox, search.id, text);
  if (search.target != NULL)
    show_decision (self, conflict, search.target, text);
  g_free (search.target);
}
