/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a gateway's group of the daemon's file and fills its templates. Any thread. */
#include "server/channels/sms/gateway.h"

#include "server/config-group.h"

#include <string.h>

#define KANNEL                                                                                     \
  "?username={user}&password={password}&from={from}&to={to}&text={text}&charset=UTF-8"             \
  "&coding={coding}&dlr-mask=19&dlr-url={report}"
#define SEGMENTS          10
#define MEDIA_SECONDS     (60 * 60)
#define MEDIA_SECONDS_MAX (7 * 24 * 60 * 60)
#define SEGMENTS_MAX      255

static const ConfigKey keys[] = {
  CONFIG_TEXT ("kind", SmsGateway, kind),
  CONFIG_TEXT ("url", SmsGateway, url),
  CONFIG_TEXT ("method", SmsGateway, method),
  CONFIG_TEXT ("type", SmsGateway, type),
  CONFIG_TEXT ("body", SmsGateway, body),
  CONFIG_TEXT ("user", SmsGateway, user),
  CONFIG_TEXT ("password", SmsGateway, password),
  CONFIG_TEXT ("id_pattern", SmsGateway, id_pattern),
  CONFIG_TEXT ("secret", SmsGateway, secret),
  CONFIG_TEXT ("plus", SmsGateway, plus),
  CONFIG_TEXT ("field_from", SmsGateway, field_from),
  CONFIG_TEXT ("field_to", SmsGateway, field_to),
  CONFIG_TEXT ("field_text", SmsGateway, field_text),
  CONFIG_TEXT ("field_id", SmsGateway, field_id),
  CONFIG_TEXT ("field_state", SmsGateway, field_state),
  CONFIG_TEXT ("field_media", SmsGateway, field_media),
  CONFIG_TEXT ("field_file", SmsGateway, field_file),
  CONFIG_TEXT ("field_file_name", SmsGateway, field_file_name),
  CONFIG_TEXT ("media", SmsGateway, media),
  CONFIG_TEXT ("media_url", SmsGateway, media_url),
  CONFIG_TEXT ("media_body", SmsGateway, media_body),
  CONFIG_TEXT ("media_item", SmsGateway, media_item),
  CONFIG_TEXT ("media_field", SmsGateway, media_field),
  CONFIG_TEXT ("media_user", SmsGateway, media_user),
  CONFIG_TEXT ("media_password", SmsGateway, media_password),
  CONFIG_TEXT ("media_loopback", SmsGateway, media_loopback),
  CONFIG_LIST ("media_hosts", SmsGateway, media_hosts),
  CONFIG_NUMBER ("media_seconds", SmsGateway, media_seconds, 60, MEDIA_SECONDS_MAX),
  CONFIG_LIST ("headers", SmsGateway, headers),
  CONFIG_LIST ("numbers", SmsGateway, numbers),
  CONFIG_LIST ("delivered", SmsGateway, delivered),
  CONFIG_LIST ("failed", SmsGateway, failed),
  CONFIG_NUMBER ("segments", SmsGateway, segments, 1, SEGMENTS_MAX),
};

void
sms_gateway_free (gpointer gateway)
{
  SmsGateway *self = gateway;

  config_group_clear (self, keys, G_N_ELEMENTS (keys));
  g_clear_pointer (&self->id_regex, g_regex_unref);
  g_free (self->name);
  g_free (self);
}

static void
otherwise (char **member, const char *value)
{
  if (*member == NULL)
    *member = g_strdup (value);
}

static void
list_otherwise (GStrv *member, const char *values)
{
  if (*member == NULL)
    *member = g_strsplit (values, ";", -1);
}

static gboolean
has (const char *template_text, const char *field)
{
  return template_text != NULL && strstr (template_text, field) != NULL;
}

/* Where the gateway is: there lie the files of customers, unless something else is said. */
static GStrv
host_of (const char *url)
{
  const char *begin = strstr (url, "://") + strlen ("://");
  g_auto (GStrv) parts = g_strsplit_set (begin, ":/?#", 2);
  g_autofree char *host = g_ascii_strdown (parts[0] != NULL ? parts[0] : "", -1);

  return g_strsplit (host, ";", 1);
}

static gboolean
complete_media (SmsGateway *self, const char *group, GError **error)
{
  gboolean linked = g_strcmp0 (self->media, "url") == 0;

  otherwise (&self->field_media, "MediaUrl{n}");
  otherwise (&self->field_file, "MediaData{n}");
  otherwise (&self->field_file_name, "MediaName{n}");
  otherwise (&self->media_url, self->url);
  if (self->media_body == NULL)
    self->media_body = g_strdup (self->body);
  otherwise (&self->media_item,
             strstr (self->type, "json") != NULL ? "\"{file}\"" : "&MediaUrl={file}");
  otherwise (&self->media_field, "media");
  if (self->media_hosts == NULL)
    self->media_hosts = host_of (self->url);
  if (self->media_loopback != NULL && !g_str_equal (self->media_loopback, "yes") &&
      !g_str_equal (self->media_loopback, "no"))
    return config_refuse (error, group, "media_loopback", "yes or no");
  if (self->media == NULL)
    return TRUE;
  if (!linked && !g_str_equal (self->media, "multipart"))
    return config_refuse (error, group, "media", "url or multipart");
  if (self->kannel)
    return config_refuse (error, group, "media", "Kannel carries text alone");
  if (linked && !has (self->media_url, "{media}") && !has (self->media_body, "{media}"))
    return config_refuse (error, group, "media", "{media} in media_body or media_url");

  return TRUE;
}

static gboolean
complete (SmsGateway *self, const char *group, GError **error)
{
  self->kannel = g_strcmp0 (self->kind, "kannel") == 0;
  if (self->kind != NULL && !self->kannel && !g_str_equal (self->kind, "http"))
    return config_refuse (error, group, "kind", "kannel, or http for any other");
  if (self->url == NULL ||
      (!g_str_has_prefix (self->url, "http://") && !g_str_has_prefix (self->url, "https://")))
    return config_refuse (error, group, "url",
                          "where messages are handed over, http:// or https://");
  if (self->secret == NULL || strlen (self->secret) < 16)
    return config_refuse (error, group, "secret", "at least 16 characters that callbacks carry");
  if (self->kannel && strchr (self->url, '?') == NULL)
    {
      char *whole = g_strconcat (self->url, KANNEL, NULL);

      g_free (self->url);
      self->url = whole;
    }
  otherwise (&self->method, self->body != NULL ? "POST" : "GET");
  otherwise (&self->type, "application/x-www-form-urlencoded");
  otherwise (&self->field_from, "from");
  otherwise (&self->field_to, "to");
  otherwise (&self->field_text, "text");
  otherwise (&self->field_id, "id");
  otherwise (&self->field_state, "state");
  list_otherwise (&self->delivered, self->kannel ? "1" : "delivered;DELIVRD");
  list_otherwise (&self->failed,
                  self->kannel ? "2;16" : "failed;undelivered;UNDELIV;EXPIRED;REJECTD");
  if (!g_str_equal (self->method, "GET") && !g_str_equal (self->method, "POST"))
    return config_refuse (error, group, "method", "GET or POST");
  if (self->plus != NULL && !g_str_equal (self->plus, "always") &&
      !g_str_equal (self->plus, "never"))
    return config_refuse (error, group, "plus", "always or never");
  if (self->id_pattern != NULL)
    {
      self->id_regex = g_regex_new (self->id_pattern, G_REGEX_OPTIMIZE, 0, NULL);
      if (self->id_regex == NULL || g_regex_get_capture_count (self->id_regex) != 1)
        return config_refuse (error, group, "id_pattern", "a regular expression with one group");
    }

  return complete_media (self, group, error);
}

gboolean
sms_gateway_read (GPtrArray *gateways, GKeyFile *file, const char *group, GError **error)
{
  SmsGateway *self = g_new0 (SmsGateway, 1);

  self->name = g_strdup (group + strlen ("sms "));
  self->segments = SEGMENTS;
  self->media_seconds = MEDIA_SECONDS;
  g_ptr_array_add (gateways, self);

  return config_group_read (self, keys, G_N_ELEMENTS (keys), file, group, error) &&
         complete (self, group, error);
}

/* --- templates -------------------------------------------------------------------------------- */

static char *
escape_json (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (*at == '"' || *at == '\\')
      g_string_append_printf (out, "\\%c", *at);
    else if ((guchar) *at < 0x20)
      g_string_append_printf (out, "\\u%04x", (guchar) *at);
    else
      g_string_append_c (out, *at);

  return g_string_free (out, FALSE);
}

static char *
escape (const char *text, const char *place)
{
  if (g_str_equal (place, "url") || g_str_has_prefix (place, "application/x-www-form-urlencoded"))
    return g_uri_escape_string (text, NULL, FALSE);
  if (strstr (place, "json") != NULL)
    return escape_json (text);

  return g_strdup (text);
}

static const char *
field_of (const SmsGateway *self, const SmsOrder *order, const char *name, gsize length)
{
  const struct
  {
    const char *name, *value;
  } fields[] = {
    { "from", order->from },        { "to", order->to },
    { "text", order->text },        { "id", order->id },
    { "report", order->report },    { "user", self->user },
    { "password", self->password }, { "coding", order->unicode ? "2" : "0" },
    { "media", order->media },      { "file", order->file },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strlen (fields[i].name) == length && strncmp (fields[i].name, name, length) == 0)
      return fields[i].value != NULL ? fields[i].value : "";

  return NULL;
}

char *
sms_gateway_fill (const SmsGateway *self,
                  const char *template_text,
                  const char *place,
                  const SmsOrder *order)
{
  GString *out = g_string_new (NULL);

  for (const char *at = template_text; *at != '\0'; at++)
    {
      const char *end = *at == '{' ? strchr (at, '}') : NULL;
      const char *value =
          end != NULL ? field_of (self, order, at + 1, (gsize) (end - at - 1)) : NULL;
      /* What stands for files has been escaped file by file. */
      gboolean ready = value != NULL && value == order->media;
      g_autofree char *escaped = ready           ? g_strdup (value)
                                 : value != NULL ? escape (value, place)
                                                 : NULL;

      if (escaped == NULL)
        {
          g_string_append_c (out, *at);
          continue;
        }
      g_string_append (out, escaped);
      at = end;
    }

  return g_string_free (out, FALSE);
}

char *
sms_gateway_number_out (const SmsGateway *self, const char *number)
{
  if (g_strcmp0 (self->plus, "never") == 0 && *number == '+')
    return g_strdup (number + 1);

  return g_strdup (number);
}
