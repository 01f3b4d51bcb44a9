/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The short run of a fuzz target, in an ordinary build: short CORPUS DICTIONARY RUNS. Each file of
 * the corpus as it is, then so many mutations of them with a fixed seed. */
#include "fuzz.h"

static GPtrArray *corpus; /* GBytes */
static GPtrArray *pieces; /* GBytes */

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

static void
read_corpus (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, by_name);
  for (guint i = 0; i < names->len; i++)
    {
      char *data;
      gsize length;

      g_assert_true (g_file_get_contents (names->pdata[i], &data, &length, NULL));
      g_ptr_array_add (corpus, g_bytes_new_take (data, length));
    }
  g_assert_cmpuint (corpus->len, >, 0);
}

/* A line "…" of libFuzzer's dictionaries, in which \\, \" and \xNN stand for a byte. */
static GBytes *
read_piece (const char *line)
{
  GByteArray *piece = g_byte_array_new ();

  for (const char *at = line + 1; *at != '\0' && *at != '"'; at++)
    {
      guint8 byte = (guint8) *at;

      if (at[0] == '\\' && at[1] == 'x')
        {
          byte = (guint8) (g_ascii_xdigit_value (at[2]) * 16 + g_ascii_xdigit_value (at[3]));
          at += 3;
        }
      else if (at[0] == '\\')
        byte = (guint8) * ++at;
      g_byte_array_append (piece, &byte, 1);
    }

  return g_byte_array_free_to_bytes (piece);
}

static void
read_pieces (const char *file)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] == '"')
      g_ptr_array_add (pieces, read_piece (lines[i]));
  g_assert_cmpuint (pieces->len, >, 0);
}

static GBytes *
any_of (GRand *rand, GPtrArray *list)
{
  return g_ptr_array_index (list, (guint) g_rand_int_range (rand, 0, (gint) list->len));
}

static void
insert (GByteArray *data, guint at, GBytes *what)
{
  gsize length;
  const void *bytes = g_bytes_get_data (what, &length);
  guint behind = data->len - at;

  g_byte_array_set_size (data, data->len + (guint) length);
  memmove (data->data + at + length, data->data + at, behind);
  if (length > 0)
    memcpy (data->data + at, bytes, length);
}

static void
mutate (GRand *rand, GByteArray *data)
{
  for (gint n = g_rand_int_range (rand, 1, 8); n > 0; n--)
    {
      guint at = data->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint) data->len) : 0;

      switch (data->len > 0 ? g_rand_int_range (rand, 0, 6) : 0)
        {
        case 0:
          insert (data, at, any_of (rand, pieces));
          break;
        case 1:
          insert (data, data->len, any_of (rand, corpus));
          break;
        case 2:
          g_byte_array_set_size (data, at);
          break;
        case 3:
          data->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
          break;
        case 4:
          data->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
          break;
        case 5:
          g_byte_array_remove_range (data, at,
                                     (guint) g_rand_int_range (rand, 0, (gint) (data->len - at)));
          break;
        }
    }
}

static void
try (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  LLVMFuzzerTestOneInput (data, length);
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (21);
  guint64 runs;

  g_assert_cmpint (argc, ==, 4);
  corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  read_corpus (argv[1]);
  read_pieces (argv[2]);
  runs = g_ascii_strtoull (argv[3], NULL, 10);

  for (guint i = 0; i < corpus->len; i++)
    try (corpus->pdata[i]);
  for (guint64 i = 0; i < runs; i++)
    {
      g_autoptr (GBytes) whole = NULL;
      GByteArray *data = g_byte_array_new ();

      insert (data, 0, corpus->pdata[i % corpus->len]);
      mutate (rand, data);
      whole = g_byte_array_free_to_bytes (data);
      try (whole);
    }
  g_ptr_array_unref (corpus);
  g_ptr_array_unref (pieces);

  return 0;
}
