/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox's rows of chats: a message waits for its turn like what was typed but is never merged
 * with another; a draft is kept and never sent. Main loop. */
#include "client/outbox-private.h"

#include "base/ids.h"

#define DRAFT    "draft"
#define FILE_ROW "file"

static const struct
{
  const char *draft, *message;
} kinds[] = {
  [GUICHET_TO_CUSTOMER] = { DRAFT, "message" },
  [GUICHET_TO_AGENTS] = { "private-draft", "private" },
  [GUICHET_SUBJECT] = { "subject-draft", NULL },
};

static GuichetRow *
find_draft (GuichetOutbox *self, const char *interaction, GuichetReader reader)
{
  return guichet_rows_newest (self->rows, kinds[reader].draft, interaction, "");
}

static GuichetRow *
add_draft (GuichetOutbox *self, const char *interaction, GuichetReader reader, const char *text)
{
  const GuichetTyped typed = { .interaction = interaction,
                               .kind = kinds[reader].draft,
                               .target = interaction,
                               .name = "",
                               .value = text };

  return outbox_add (self, &typed, 0);
}

static GuichetRow *
find_message (GuichetOutbox *self, const char *name)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GuichetRow *row = self->rows->pdata[i];

      if (guichet_row_is_message (row) && g_str_equal (row->name, name))
        return row;
    }
  return NULL;
}

void
guichet_outbox_keep_aside (GuichetOutbox *self,
                           const char *interaction,
                           const char *kind,
                           const char *target,
                           const char *value)
{
  const GuichetTyped typed = {
    .interaction = interaction, .kind = kind, .target = target, .name = "", .value = value
  };
  GuichetRow *row = guichet_rows_newest (self->rows, kind, target, "");

  if (*value == '\0')
    {
      if (row != NULL)
        outbox_drop (self, row);
      return;
    }
  if (row == NULL)
    {
      row = outbox_add (self, &typed, 0);
      outbox_replace_text (&row->problem, DRAFT);
    }
  else
    outbox_replace_text (&row->value, value);
  outbox_keep (self, row);
}

void
guichet_outbox_keep_words (GuichetOutbox *self,
                           const char *kind,
                           const char *target,
                           const char *value)
{
  GuichetRow *row = guichet_rows_newest (self->rows, kind, target, "");

  if (row != NULL && g_str_equal (row->value, value))
    return;
  if (row != NULL)
    {
      g_free (row->key);
      row->key = base_token_new (18);
    }
  guichet_outbox_keep_aside (self, "", kind, target, value);
}

void
guichet_outbox_keep_draft (GuichetOutbox *self,
                           const char *interaction,
                           GuichetReader reader,
                           const char *text)
{
  guichet_outbox_keep_aside (self, interaction, kinds[reader].draft, interaction, text);
}

const GuichetRow *
guichet_outbox_say (GuichetOutbox *self,
                    const char *interaction,
                    GuichetReader reader,
                    const char *text,
                    const char *files)
{
  GuichetRow *row = find_draft (self, interaction, reader);

  if (row == NULL)
    row = add_draft (self, interaction, reader, text);
  outbox_replace_text (&row->kind, kinds[reader].message);
  outbox_replace_text (&row->name, row->key);
  outbox_replace_text (&row->value, text);
  outbox_replace_text (&row->problem, "");
  outbox_replace_text (&row->theirs, files);
  outbox_keep (self, row);
  if (self->store != NULL)
    guichet_store_tell (self->store, row->name);
  outbox_changed (self);
  outbox_send_after (self, 0);
  return row;
}

static GuichetRow *
find_file (GuichetOutbox *self, const char *key)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GuichetRow *row = self->rows->pdata[i];

      if (g_str_equal (row->kind, FILE_ROW) && g_str_equal (row->name, key))
        return row;
    }
  return NULL;
}

void
guichet_outbox_keep_file (GuichetOutbox *self,
                          const char *interaction,
                          const char *key,
                          const char *value)
{
  const GuichetTyped typed = {
    .interaction = interaction, .kind = FILE_ROW, .target = interaction, .name = key, .value = value
  };
  GuichetRow *row = find_file (self, key);

  if (row == NULL)
    {
      row = outbox_add (self, &typed, 0);
      outbox_replace_text (&row->problem, DRAFT);
    }
  else
    outbox_replace_text (&row->value, value);
  outbox_keep (self, row);
}

void
guichet_outbox_drop_file (GuichetOutbox *self, const char *key)
{
  GuichetRow *row = find_file (self, key);

  if (row != NULL)
    outbox_drop (self, row);
}

void
guichet_outbox_try_again (GuichetOutbox *self, const char *name)
{
  GuichetRow *row = find_message (self, name);

  if (row == NULL || guichet_row_is_under_way (row))
    return;
  outbox_replace_text (&row->problem, "");
  g_free (row->key);
  row->key = base_token_new (18);
  row->attempted = FALSE;
  outbox_keep (self, row);
  outbox_changed (self);
  outbox_send_after (self, 0);
}

void
guichet_outbox_take_back (GuichetOutbox *self, const char *name)
{
  GuichetRow *row = find_message (self, name);

  if (row != NULL && !guichet_row_is_under_way (row))
    outbox_drop (self, row);
}

void
guichet_outbox_forget (GuichetOutbox *self, const char *about)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      GuichetRow *row = self->rows->pdata[i - 1];

      if ((g_str_equal (row->interaction, about) || g_str_equal (row->target, about)) &&
          !guichet_row_is_under_way (row) && !g_str_equal (row->problem, "conflict"))
        outbox_drop (self, row);
    }
}
