/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetRow and searching among several. Stateless. */
#include "client/row.h"

GuichetRow *
guichet_row_copy (const GuichetRow *row)
{
  GuichetRow *copy = g_new (GuichetRow, 1);

  *copy = *row;
  copy->key = g_strdup (row->key);
  copy->epoch = g_strdup (row->epoch);
  copy->interaction = g_strdup (row->interaction);
  copy->kind = g_strdup (row->kind);
  copy->target = g_strdup (row->target);
  copy->name = g_strdup (row->name);
  copy->value = g_strdup (row->value);
  copy->problem = g_strdup (row->problem);
  copy->theirs = g_strdup (row->theirs);
  return copy;
}

void
guichet_row_free (GuichetRow *row)
{
  g_free (row->key);
  g_free (row->epoch);
  g_free (row->interaction);
  g_free (row->kind);
  g_free (row->target);
  g_free (row->name);
  g_free (row->value);
  g_free (row->problem);
  g_free (row->theirs);
  g_free (row);
}

static gboolean
is_of (const GuichetRow *row, const char *kind, const char *target, const char *name)
{
  return g_str_equal (row->kind, kind) && g_str_equal (row->target, target) &&
         g_str_equal (row->name, name);
}

gboolean
guichet_row_is_message (const GuichetRow *row)
{
  return g_str_equal (row->kind, "message") || g_str_equal (row->kind, "private");
}

gboolean
guichet_row_is_under_way (const GuichetRow *row)
{
  return *row->problem == '\0';
}

GuichetRow *
guichet_rows_find (GPtrArray *rows, gint64 id)
{
  for (guint i = 0; i < rows->len; i++)
    if (((GuichetRow *) rows->pdata[i])->id == id)
      return rows->pdata[i];
  return NULL;
}

GuichetRow *
guichet_rows_newest (GPtrArray *rows, const char *kind, const char *target, const char *name)
{
  for (guint i = rows->len; i > 0; i--)
    if (is_of (rows->pdata[i - 1], kind, target, name))
      return rows->pdata[i - 1];
  return NULL;
}

GuichetRow *
guichet_rows_next (GPtrArray *rows, const GuichetRow *row)
{
  for (guint i = 0; i < rows->len; i++)
    {
      GuichetRow *other = rows->pdata[i];
      if (other->id > row->id && is_of (other, row->kind, row->target, row->name))
        return other;
    }
  return NULL;
}

gboolean
guichet_rows_any_under_way (GPtrArray *rows, const char *interaction)
{
  for (guint i = 0; i < rows->len; i++)
    {
      GuichetRow *row = rows->pdata[i];
      if (guichet_row_is_under_way (row) &&
          (interaction == NULL || g_str_equal (row->interaction, interaction)))
        return TRUE;
    }
  return FALSE;
}
