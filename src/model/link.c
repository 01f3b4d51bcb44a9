/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links: the table of their JSON form, and their addresses. Values come from strangers: they are
 * percent-encoded, so that none of them can become another part of an address. Pure functions. */
#include "model/link.h"

#include "model/canned-text.h"

#include <string.h>

#define SCHEME  "https://"
#define URL_MAX 1024

static const ModelField fields[] = {
  { "id", MODEL_FIELD_ID, G_STRUCT_OFFSET (ModelLink, id), MODEL_FIELD_REQUIRED },
  { "names", MODEL_FIELD_NAMES, G_STRUCT_OFFSET (ModelLink, names), MODEL_FIELD_REQUIRED,
    .max = 64 },
  { "url", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelLink, url), MODEL_FIELD_REQUIRED,
    .max = URL_MAX },
  { "queues", MODEL_FIELD_IDS, G_STRUCT_OFFSET (ModelLink, queues), .refers = "queues" },
  { NULL },
};
const ModelNoun model_link_noun = { "link", sizeof (ModelLink), fields };

static const char *
placeholder (const char *name, gpointer user_data)
{
  return "x";
}

gboolean
model_link_url_valid (const char *url)
{
  g_autofree char *tried = model_text_fill (url, placeholder, NULL);
  const char *path, *brace = strchr (url, '{');

  if (!g_str_has_prefix (url, SCHEME))
    return FALSE;
  for (const char *c = url; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c) || strchr ("<>\"\\", *c) != NULL)
      return FALSE;
  path = strpbrk (url + strlen (SCHEME), "/?#");
  return (brace == NULL || (path != NULL && path < brace)) && path != url + strlen (SCHEME) &&
         strpbrk (tried, "{}") == NULL && g_uri_is_valid (tried, G_URI_FLAGS_NONE, NULL);
}

gboolean
model_link_knows (const char *name)
{
  static const char *const known[] = { "agent.id",
                                       "agent.name",
                                       "centre.name",
                                       "customer.id",
                                       "customer.name",
                                       "customer.number",
                                       "interaction.id",
                                       "interaction.queue",
                                       "interaction.channel",
                                       NULL };

  return g_strv_contains (known, name);
}

typedef struct
{
  const char *(*lookup) (const char *name, gpointer user_data);
  gpointer user_data;
  char *escaped;
} Filling;

static const char *
escape (const char *name, gpointer user_data)
{
  Filling *filling = user_data;
  const char *value = filling->lookup (name, filling->user_data);

  g_free (filling->escaped);
  filling->escaped = g_uri_escape_string (value != NULL ? value : "", NULL, FALSE);

  return filling->escaped;
}

char *
model_link_fill (const char *url,
                 const char *(*lookup) (const char *name, gpointer user_data),
                 gpointer user_data)
{
  Filling filling = { lookup, user_data, NULL };
  char *filled = model_text_fill (url, escape, &filling);

  g_free (filling.escaped);

  return filled;
}
