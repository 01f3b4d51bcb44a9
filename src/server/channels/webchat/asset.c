/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of the page: each is read, packed and marked with its digest once. A page asks for them
 * at every visit, and gets them only when they have changed. Centre's thread. */
#include "server/channels/webchat/webchat-private.h"

#include "webchat-resources.h"

#include <string.h>

typedef struct
{
  const char *type;
  GBytes *plain;
  GBytes *packed; /* gzip; NULL: no smaller */
  char *digest;
} Asset;

static void
asset_free (gpointer data)
{
  Asset *asset = data;

  g_bytes_unref (asset->plain);
  g_clear_pointer (&asset->packed, g_bytes_unref);
  g_free (asset->digest);
  g_free (asset);
}

GHashTable *
webchat_assets_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, asset_free);
}

static const char *
type_of (const char *file)
{
  static const char *const types[][2] = {
    { ".html", "text/html; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".css", "text/css; charset=utf-8" },
    { ".svg", "image/svg+xml" },
    { ".json", "application/json" },
    { ".png", "image/png" },
    { ".woff2", "font/woff2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (file, types[i][0]))
      return types[i][1];

  return NULL;
}

static GBytes *
pack (GBytes *plain)
{
  g_autoptr (GConverter) packer =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  gsize length = g_bytes_get_size (plain), read, written;
  g_autofree char *room = g_malloc (length + 1);

  /* What does not fit would be no smaller. */
  if (g_converter_convert (packer, g_bytes_get_data (plain, NULL), length, room, length,
                           G_CONVERTER_INPUT_AT_END, &read, &written, NULL) != G_CONVERTER_FINISHED)
    return NULL;

  return g_bytes_new (room, written);
}

/* NULL: there is none. Only files that exist are remembered. */
static const Asset *
find (Webchat *self, const char *file)
{
  Asset *asset = g_hash_table_lookup (self->assets, file);
  g_autofree char *path = g_strconcat ("/org/guichet/webchat/", file, NULL);
  const char *type = type_of (file);
  GBytes *plain;

  if (asset != NULL || type == NULL)
    return asset;
  plain = g_resource_lookup_data (guichet_webchat_get_resource (), path,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (plain == NULL)
    return NULL;
  asset = g_new0 (Asset, 1);
  asset->type = type;
  asset->plain = plain;
  asset->packed = pack (plain);
  asset->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, plain);
  g_hash_table_insert (self->assets, g_strdup (file), asset);

  return asset;
}

static gboolean
takes_packed (SoupMessageHeaders *asked)
{
  const char *header = soup_message_headers_get_list (asked, "Accept-Encoding");
  GSList *taken = header != NULL ? soup_header_parse_quality_list (header, NULL) : NULL;
  gboolean takes = g_slist_find_custom (taken, "gzip", (GCompareFunc) g_ascii_strcasecmp) != NULL;

  soup_header_free_list (taken);

  return takes;
}

/* One of the tags that the page has; weak ones are the same bytes here. */
static gboolean
has (SoupMessageHeaders *asked, const char *tag)
{
  const char *header = soup_message_headers_get_list (asked, "If-None-Match");
  GSList *tags = header != NULL ? soup_header_parse_list (header) : NULL;
  gboolean found = FALSE;

  for (GSList *l = tags; l != NULL && !found; l = l->next)
    {
      const char *one = l->data;

      found = g_str_equal (g_str_has_prefix (one, "W/") ? one + strlen ("W/") : one, tag);
    }
  soup_header_free_list (tags);

  return found;
}

void
webchat_asset_send (Webchat *self, SoupServerMessage *message, const char *file)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const Asset *asset = find (self, file);
  g_autofree char *tag = NULL;
  gboolean packed;
  gsize length;
  const char *data;

  if (asset == NULL)
    {
      webchat_problem (message, 404, "not_found", NULL, NULL);
      return;
    }
  packed = asset->packed != NULL && takes_packed (asked);
  tag = g_strdup_printf ("\"%.32s%s\"", asset->digest, packed ? "-gzip" : "");
  data = g_bytes_get_data (packed ? asset->packed : asset->plain, &length);
  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  soup_message_headers_replace (headers, "Content-Security-Policy", self->policy);
  soup_message_headers_replace (headers, "ETag", tag);
  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  if (has (asked, tag))
    {
      webchat_answer (message, 304, NULL, NULL, 0);
      return;
    }
  if (packed)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  webchat_answer (message, 200, asset->type, data, length);
}
