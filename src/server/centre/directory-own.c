/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks and dials by agent. What is changed here is true at once; the answer to who changed it
 * waits for the disk. Centre's thread. */
#include "server/centre/directory-own.h"

#include "base/ids.h"

struct _DirectoryOwns
{
  Centre *centre;
  GHashTable *owns; /* agent → DirectoryOwn */
};

static void
mark_free (gpointer data)
{
  DirectoryMark *mark = data;

  g_free (mark->id);
  g_free (mark);
}

static void
dial_free (gpointer data)
{
  DirectoryDial *dial = data;

  g_free (dial->id);
  g_free (dial->name);
  g_free (dial->number);
  g_free (dial);
}

static void
own_free (gpointer data)
{
  DirectoryOwn *own = data;

  g_ptr_array_unref (own->marks);
  g_ptr_array_unref (own->dials);
  g_free (own);
}

DirectoryOwns *
directory_owns_new (Centre *centre)
{
  DirectoryOwns *self = g_new0 (DirectoryOwns, 1);

  self->centre = centre;
  self->owns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, own_free);
  return self;
}

void
directory_owns_free (DirectoryOwns *self)
{
  g_hash_table_unref (self->owns);
  g_free (self);
}

static void
on_mark (StoreRow *row, gpointer user_data)
{
  DirectoryOwn *own = user_data;
  DirectoryKind kind;
  DirectoryMark *mark;

  if (!directory_kind_from_text (store_row_text (row, 0), &kind))
    return;
  mark = g_new0 (DirectoryMark, 1);
  *mark = (DirectoryMark){ kind, g_strdup (store_row_text (row, 1)), store_row_int (row, 2),
                           store_row_int (row, 3) };
  g_ptr_array_add (own->marks, mark);
}

static void
add_dial (DirectoryOwn *own, const char *id, const char *name, const char *number)
{
  DirectoryDial *dial = g_new0 (DirectoryDial, 1);

  *dial = (DirectoryDial){ g_strdup (id), g_strdup (name), g_strdup (number) };
  g_ptr_array_add (own->dials, dial);
}

static void
on_dial (StoreRow *row, gpointer user_data)
{
  add_dial (user_data, store_row_text (row, 0), store_row_text (row, 1), store_row_text (row, 2));
}

DirectoryOwn *
directory_own (DirectoryOwns *self, const char *agent, GError **error)
{
  DirectoryOwn *own = g_hash_table_lookup (self->owns, agent);
  Store *store = centre_store (self->centre);

  if (own != NULL)
    return own;
  own = g_new0 (DirectoryOwn, 1);
  own->marks = g_ptr_array_new_with_free_func (mark_free);
  own->dials = g_ptr_array_new_with_free_func (dial_free);
  if (!store_query (store, error, on_mark, own, STORE_GET_DIRECTORY_MARKS, agent) ||
      !store_query (store, error, on_dial, own, STORE_GET_DIRECTORY_DIALS, agent))
    {
      own_free (own);
      return NULL;
    }
  g_hash_table_insert (self->owns, g_strdup (agent), own);
  return own;
}

/* --- marks ------------------------------------------------------------------------------------ */

static DirectoryMark *
find_mark (const DirectoryOwn *own, DirectoryKind kind, const char *id)
{
  for (guint i = 0; i < own->marks->len; i++)
    {
      DirectoryMark *mark = own->marks->pdata[i];

      if (mark->kind == kind && g_str_equal (mark->id, id))
        return mark;
    }
  return NULL;
}

const DirectoryMark *
directory_own_mark (const DirectoryOwn *own, DirectoryKind kind, const char *id)
{
  return find_mark (own, kind, id);
}

static DirectoryMark *
need_mark (DirectoryOwn *own, DirectoryKind kind, const char *id)
{
  DirectoryMark *mark = find_mark (own, kind, id);

  if (mark != NULL)
    return mark;
  mark = g_new0 (DirectoryMark, 1);
  mark->kind = kind;
  mark->id = g_strdup (id);
  g_ptr_array_add (own->marks, mark);
  return mark;
}

static void
put_mark (DirectoryOwn *own, const char *agent, DirectoryMark *mark, StoreBatch *batch)
{
  if (mark->favourite != 0 || mark->used != 0)
    {
      store_batch_add (batch, STORE_DIRECTORY_MARK_SET, agent, directory_kind_names[mark->kind],
                       mark->id, mark->favourite, mark->used);
      return;
    }
  store_batch_add (batch, STORE_DIRECTORY_MARK_DROP, agent, directory_kind_names[mark->kind],
                   mark->id);
  g_ptr_array_remove (own->marks, mark);
}

static guint
count_favourites (const DirectoryOwn *own)
{
  guint n = 0;

  for (guint i = 0; i < own->marks->len; i++)
    n += ((DirectoryMark *) own->marks->pdata[i])->favourite != 0;
  return n;
}

gboolean
directory_own_set_favourite (DirectoryOwn *own,
                             const char *agent,
                             DirectoryKind kind,
                             const char *id,
                             gint64 since,
                             StoreBatch *batch)
{
  DirectoryMark *mark;

  if (since != 0 && count_favourites (own) >= DIRECTORY_FAVOURITES_MAX)
    return FALSE;
  mark = need_mark (own, kind, id);
  mark->favourite = since;
  put_mark (own, agent, mark, batch);
  return TRUE;
}

/* The one that was used longest ago, where there are too many; NULL: there are not. */
static DirectoryMark *
oldest_of_many (const DirectoryOwn *own)
{
  DirectoryMark *oldest = NULL;
  guint n = 0;

  for (guint i = 0; i < own->marks->len; i++)
    {
      DirectoryMark *mark = own->marks->pdata[i];

      n += mark->used != 0;
      if (mark->used != 0 && (oldest == NULL || mark->used < oldest->used))
        oldest = mark;
    }
  return n > DIRECTORY_RECENT_MAX ? oldest : NULL;
}

void
directory_own_use (DirectoryOwn *own,
                   const char *agent,
                   DirectoryKind kind,
                   const char *id,
                   gint64 now,
                   StoreBatch *batch)
{
  DirectoryMark *mark = need_mark (own, kind, id);

  mark->used = now;
  put_mark (own, agent, mark, batch);
  mark = oldest_of_many (own);
  if (mark == NULL)
    return;
  mark->used = 0;
  put_mark (own, agent, mark, batch);
}

/* --- dials ------------------------------------------------------------------------------------ */

DirectoryDial *
directory_own_dial (const DirectoryOwn *own, const char *id)
{
  for (guint i = 0; i < own->dials->len; i++)
    if (g_str_equal (((DirectoryDial *) own->dials->pdata[i])->id, id))
      return own->dials->pdata[i];
  return NULL;
}

DirectoryDial *
directory_own_set_dial (DirectoryOwn *own,
                        const char *agent,
                        DirectoryDial *dial,
                        const char *name,
                        const char *number,
                        StoreBatch *batch)
{
  if (dial != NULL)
    {
      g_free (dial->name);
      g_free (dial->number);
      dial->name = g_strdup (name);
      dial->number = g_strdup (number);
    }
  else if (own->dials->len >= DIRECTORY_DIALS_MAX)
    return NULL;
  else
    {
      g_autofree char *token = base_token_new (9);
      /* Never the id of one of the centre's: those begin with a letter or digit. */
      g_autofree char *id = g_strconcat ("_", token, NULL);

      add_dial (own, id, name, number);
      dial = own->dials->pdata[own->dials->len - 1];
    }
  store_batch_add (batch, STORE_DIRECTORY_DIAL_SET, agent, dial->id, name, number);
  return dial;
}

void
directory_own_drop_dial (DirectoryOwn *own,
                         const char *agent,
                         DirectoryDial *dial,
                         StoreBatch *batch)
{
  store_batch_add (batch, STORE_DIRECTORY_DIAL_DROP, agent, dial->id);
  g_ptr_array_remove (own->dials, dial);
}
