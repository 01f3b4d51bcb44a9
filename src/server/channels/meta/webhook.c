/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Meta's webhook bodies, of Messenger and of Instagram, in the published shapes. Pure. */
#include "server/channels/meta/webhook.h"

#include "base/json.h"

#include <string.h>

#define BODY_MAX        (256 * 1024)
#define ENTRIES_MAX     100
#define EVENTS_MAX      1000
#define ID_MAX          128
#define MID_MAX         512
#define TEXT_MAX        20000
#define TITLE_MAX       1000
#define URL_MAX         4096
#define ATTACHMENTS_MAX 100

void
meta_event_free (gpointer event)
{
  MetaEvent *self = event;

  g_free (self->account);
  g_free (self->customer);
  g_free (self->mid);
  g_free (self->text);
  g_strfreev (self->files);
  g_free (self);
}

gboolean
meta_signature_is (const char *header, const char *secret, GBytes *body)
{
  g_autofree char *wanted = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);
  guint differ = 0;

  if (header == NULL || !g_str_has_prefix (header, "sha256=") || strlen (header) != 7 + 64)
    return FALSE;
  wanted = g_compute_hmac_for_data (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret),
                                    data, length);
  for (guint i = 0; i < 64; i++)
    differ |= (guint) (g_ascii_tolower (header[7 + i]) ^ wanted[i]);

  return differ == 0;
}

typedef struct
{
  GPtrArray *events;
  const char *account;
  const char *customer;
  gint64 at;
} Place;

static MetaEvent *
add (const Place *place, MetaEventKind kind, const char *mid)
{
  MetaEvent *event;

  if (place->events->len >= EVENTS_MAX)
    return NULL;
  event = g_new0 (MetaEvent, 1);
  event->kind = kind;
  event->account = g_strdup (place->account);
  event->customer = g_strdup (place->customer);
  event->mid = g_strdup (mid);
  event->at = place->at;
  g_ptr_array_add (place->events, event);

  return event;
}

/* --- what a message brings along -------------------------------------------------------------- */

static void
add_line (GString *text, const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* Pictures and the like are fetched. */
static gboolean
is_file (const char *type)
{
  static const char *const types[] = { "image", "video", "audio", "file", NULL };

  return g_strv_contains (types, type);
}

static void
add_place (GString *text, const BaseJson *payload)
{
  BaseJson place = { 0 };
  g_autofree char *line = NULL;
  char north[G_ASCII_DTOSTR_BUF_SIZE], east[G_ASCII_DTOSTR_BUF_SIZE];
  double latitude, longitude;

  if (!base_json_opt_object (payload, "coordinates", &place, NULL) || place.object == NULL ||
      !base_json_get_double (&place, "lat", -90, 90, &latitude, NULL) ||
      !base_json_get_double (&place, "long", -180, 180, &longitude, NULL))
    return;
  line = g_strdup_printf ("geo:%s,%s", g_ascii_formatd (north, sizeof north, "%.6f", latitude),
                          g_ascii_formatd (east, sizeof east, "%.6f", longitude));
  add_line (text, line);
}

/* What is no file (a share, a mention in a story, a place) is what it is called, and where it is.
 */
static void
take_attachment (const BaseJson *attachment, GString *text, GStrvBuilder *files)
{
  BaseJson payload = { 0 };
  const char *type = "", *title = NULL, *url = NULL, *own = NULL;

  base_json_opt_string (attachment, "type", 64, "", &type, NULL);
  base_json_opt_string (attachment, "title", TITLE_MAX, NULL, &title, NULL);
  base_json_opt_string (attachment, "url", URL_MAX, NULL, &own, NULL);
  base_json_opt_object (attachment, "payload", &payload, NULL);
  if (payload.object != NULL)
    {
      base_json_opt_string (&payload, "url", URL_MAX, NULL, &url, NULL);
      if (title == NULL)
        base_json_opt_string (&payload, "title", TITLE_MAX, NULL, &title, NULL);
    }
  if (is_file (type) && url != NULL && *url != '\0')
    {
      g_strv_builder_add (files, url);
      return;
    }
  add_line (text, title);
  add_line (text, url != NULL ? url : own);
  if (payload.object != NULL)
    add_place (text, &payload);
}

/* Which story the customer answers. */
static void
take_story (const BaseJson *message, GString *text)
{
  BaseJson reply = { 0 }, story = { 0 };
  const char *url = NULL;

  if (base_json_opt_object (message, "reply_to", &reply, NULL) && reply.object != NULL &&
      base_json_opt_object (&reply, "story", &story, NULL) && story.object != NULL &&
      base_json_opt_string (&story, "url", URL_MAX, NULL, &url, NULL))
    add_line (text, url);
}

static void
take_content (const BaseJson *message, MetaEvent *event)
{
  GString *whole = g_string_new (NULL);
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  BaseJson list = { 0 }, attachment;
  const char *text = NULL;

  if (base_json_opt_string (message, "text", TEXT_MAX, NULL, &text, NULL))
    add_line (whole, text);
  take_story (message, whole);
  if (base_json_opt_array (message, "attachments", ATTACHMENTS_MAX, &list, NULL))
    for (guint i = 0; i < base_json_length (&list); i++)
      if (base_json_item_object (&list, i, &attachment, NULL))
        take_attachment (&attachment, whole, found);
  event->text = g_string_free (whole, FALSE);
  event->files = g_strv_builder_end (found);
  if (*event->files == NULL)
    g_clear_pointer (&event->files, g_strfreev);
}

static void
take_message (const Place *place, const BaseJson *message)
{
  gboolean echo = FALSE, deleted = FALSE;
  const char *mid;
  MetaEvent *event;

  base_json_opt_bool (message, "is_echo", FALSE, &echo, NULL);
  base_json_opt_bool (message, "is_deleted", FALSE, &deleted, NULL);
  if (echo || deleted || !base_json_get_string (message, "mid", MID_MAX, &mid, NULL) ||
      *mid == '\0')
    return;
  event = add (place, META_MESSAGE, mid);
  if (event != NULL)
    take_content (message, event);
}

/* A button that the customer pressed is what it says. */
static void
take_postback (const Place *place, const BaseJson *postback)
{
  const char *mid, *title;
  MetaEvent *event;

  if (!base_json_get_string (postback, "mid", MID_MAX, &mid, NULL) || *mid == '\0' ||
      !base_json_get_string (postback, "title", TEXT_MAX, &title, NULL))
    return;
  event = add (place, META_MESSAGE, mid);
  if (event != NULL)
    event->text = g_strdup (title);
}

static void
take_until (const Place *place, const BaseJson *json, MetaEventKind kind)
{
  Place until = *place;

  if (base_json_get_int (json, "watermark", 0, G_MAXINT64, &until.at, NULL))
    add (&until, kind, NULL);
}

static void
take_delivery (const Place *place, const BaseJson *delivery)
{
  BaseJson mids = { 0 };
  const char *mid;

  if (!base_json_opt_array (delivery, "mids", EVENTS_MAX, &mids, NULL) ||
      base_json_length (&mids) == 0)
    {
      take_until (place, delivery, META_DELIVERED_UNTIL);
      return;
    }
  for (guint i = 0; i < base_json_length (&mids); i++)
    if (base_json_item_string (&mids, i, MID_MAX, &mid, NULL))
      add (place, META_DELIVERED, mid);
}

static void
take_read (const Place *place, const BaseJson *read)
{
  const char *mid = NULL;

  if (base_json_opt_string (read, "mid", MID_MAX, NULL, &mid, NULL) && mid != NULL)
    add (place, META_READ, mid);
  else
    take_until (place, read, META_READ_UNTIL);
}

static void
take_event (Place *place, const BaseJson *json)
{
  BaseJson sender, message = { 0 }, postback = { 0 }, delivery = { 0 }, read = { 0 };

  if (!base_json_get_object (json, "sender", &sender, NULL) ||
      !base_json_get_string (&sender, "id", ID_MAX, &place->customer, NULL) ||
      *place->customer == '\0')
    return;
  base_json_opt_int (json, "timestamp", 0, G_MAXINT64, 0, &place->at, NULL);
  base_json_opt_object (json, "message", &message, NULL);
  base_json_opt_object (json, "postback", &postback, NULL);
  base_json_opt_object (json, "delivery", &delivery, NULL);
  base_json_opt_object (json, "read", &read, NULL);
  if (message.object != NULL)
    take_message (place, &message);
  else if (postback.object != NULL)
    take_postback (place, &postback);
  else if (delivery.object != NULL)
    take_delivery (place, &delivery);
  else if (read.object != NULL)
    take_read (place, &read);
}

static gboolean
take_entry (GPtrArray *events, const BaseJson *entry)
{
  BaseJson list = { 0 }, json;
  Place place = { .events = events };

  if (!base_json_get_string (entry, "id", ID_MAX, &place.account, NULL) ||
      !base_json_opt_array (entry, "messaging", EVENTS_MAX, &list, NULL))
    return FALSE;
  for (guint i = 0; i < base_json_length (&list); i++)
    {
      if (!base_json_item_object (&list, i, &json, NULL))
        return FALSE;
      take_event (&place, &json);
    }

  return TRUE;
}

/* Stable: of the same instant the order in which they came. */
static gint
by_time (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const MetaEvent *first = *(MetaEvent *const *) a;
  const MetaEvent *second = *(MetaEvent *const *) b;

  return first->at < second->at ? -1 : first->at > second->at;
}

GPtrArray *
meta_webhook_parse (GBytes *body, ModelChannel *channel)
{
  const BaseJsonLimits limits = { .max_size = BODY_MAX, .max_depth = 16 };
  g_autoptr (JsonNode) node = base_json_parse_bytes (body, &limits, NULL);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (meta_event_free);
  BaseJson root, entries, entry;
  const char *object;

  if (node == NULL || !base_json_root (&root, node, NULL) ||
      !base_json_get_string (&root, "object", 32, &object, NULL) ||
      !base_json_get_array (&root, "entry", ENTRIES_MAX, &entries, NULL))
    return NULL;
  if (g_str_equal (object, "page"))
    *channel = MODEL_CHANNEL_FACEBOOK;
  else if (g_str_equal (object, "instagram"))
    *channel = MODEL_CHANNEL_INSTAGRAM;
  else
    return NULL;
  for (guint i = 0; i < base_json_length (&entries); i++)
    if (!base_json_item_object (&entries, i, &entry, NULL) || !take_entry (events, &entry))
      return NULL;
  g_ptr_array_sort_with_data (events, by_time, NULL);

  return g_steal_pointer (&events);
}
