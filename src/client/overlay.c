/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of the outbox over those of records. Stateless; main loop. */
#include "client/overlay.h"

#include "client/fields/work.h"

static const char *
lay_over (GuichetRecord *record, const GuichetRow *row, guint saving, guint problem)
{
  guichet_record_set_bool (record, saving, row != NULL && *row->problem == '\0');
  guichet_record_set_string (record, problem, row != NULL ? row->problem : "");
  return row != NULL ? row->value : NULL;
}

void
guichet_overlay_participation (GuichetRecord *record, GuichetOutbox *outbox)
{
  const char *id = guichet_record_get_string (record, PARTICIPATION_ID);
  const char *value;

  if (outbox == NULL)
    return;
  value = lay_over (record, guichet_outbox_find (outbox, "note", id, ""), PARTICIPATION_NOTE_SAVING,
                    PARTICIPATION_NOTE_PROBLEM);
  if (value != NULL)
    guichet_record_set_string (record, PARTICIPATION_NOTE, value);
  value = lay_over (record, guichet_outbox_find (outbox, "disposition", id, ""),
                    PARTICIPATION_DISPOSITION_SAVING, PARTICIPATION_DISPOSITION_PROBLEM);
  if (value != NULL)
    guichet_record_set_string (record, PARTICIPATION_DISPOSITION, value);
  value = lay_over (record, guichet_outbox_find (outbox, "sentiment", id, ""),
                    PARTICIPATION_SENTIMENT_SAVING, PARTICIPATION_SENTIMENT_PROBLEM);
  if (value != NULL)
    guichet_record_set_string (record, PARTICIPATION_SENTIMENT, value);
  value = lay_over (record, guichet_outbox_find (outbox, "tags", id, ""), PARTICIPATION_TAGS_SAVING,
                    PARTICIPATION_TAGS_PROBLEM);
  if (value != NULL)
    {
      g_auto (GStrv) ids = *value != '\0' ? g_strsplit (value, " ", -1) : NULL;
      guichet_record_set_strv (record, PARTICIPATION_TAGS, (const char *const *) ids);
    }
}

void
guichet_overlay_variable (GuichetRecord *record, const char *interaction, GuichetOutbox *outbox)
{
  const GuichetRow *row;
  const char *value;

  if (outbox == NULL)
    return;
  row = guichet_outbox_find (outbox, "variable", interaction,
                             guichet_record_get_string (record, VARIABLE_ID));
  value = lay_over (record, row, VARIABLE_SAVING, VARIABLE_PROBLEM);
  if (value != NULL && !guichet_record_get_bool (record, VARIABLE_SECURE))
    guichet_record_set_string (record, VARIABLE_VALUE, value);
}
