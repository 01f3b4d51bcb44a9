/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the outbox that are only kept. Main loop. */
#include "client/typed-form.h"

#include "client/session-private.h"

#define ROW        "form"
#define FIELDS_MAX 256
#define TEXT_MAX   (64 * 1024)
#define PART       (TEXT_MAX / 4 * 3)

void
guichet_session_keep_form (GuichetSession *self, const char *form, const char *const *fields)
{
  g_autoptr (JsonObject) kept = json_object_new ();
  g_autofree char *text = NULL;

  if (self->outbox == NULL) /* the session has been disposed meanwhile */
    return;
  if (fields != NULL)
    {
      base_json_set_strings (kept, "fields", fields);
      text = base_json_to_text (kept);
    }
  guichet_outbox_keep_words (self->outbox, ROW, form, text != NULL ? text : "");
}

/* As fields, each of whose length the reader has room for. */
void
guichet_session_keep_bytes (GuichetSession *self, const char *form, GBytes *bytes)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  for (gsize at = 0; at < length; at += PART)
    g_ptr_array_add (parts, g_base64_encode (data + at, MIN (PART, length - at)));
  g_ptr_array_add (parts, NULL);
  guichet_session_keep_form (self, form, bytes != NULL ? (const char *const *) parts->pdata : NULL);
}

GBytes *
guichet_session_find_bytes (GuichetSession *self, const char *form)
{
  g_auto (GStrv) parts = guichet_session_find_form (self, form);
  GByteArray *all;

  if (parts == NULL)
    return NULL;
  all = g_byte_array_new ();
  for (char **part = parts; *part != NULL; part++)
    {
      gsize length;
      g_autofree guint8 *data = g_base64_decode (*part, &length);

      g_byte_array_append (all, data, (guint) length);
    }
  return g_byte_array_free_to_bytes (all);
}

char **
guichet_session_find_form (GuichetSession *self, const char *form)
{
  const GuichetRow *row = guichet_outbox_find (self->outbox, ROW, form, "");
  g_autoptr (JsonNode) node = row != NULL ? json_from_string (row->value, NULL) : NULL;
  char **fields = NULL;
  BaseJson root;

  if (node == NULL || !base_json_root (&root, node, NULL))
    return NULL;
  base_json_opt_strings (&root, "fields", FIELDS_MAX, TEXT_MAX, &fields, NULL);
  return fields;
}
