/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers of a mail, behind limits that hold before GMime sees it. Pure; any thread. */
#include "server/channels/email/mail-private.h"

#include "server/channels/email/charset.h"

#include <string.h>

#define HEADERS_MAX    (256 * 1024) /* bytes */
#define HEADER_LINES   2000
#define ADDRESS_MAX    254
#define NAME_MAX_CHARS 128
#define SUBJECT_MAX    300 /* characters */
#define ID_MAX         300 /* bytes */
#define IDS_MAX        50
#define TO_MAX         100

G_DEFINE_QUARK (mail - error - quark, mail_error)

static void
attachment_free (gpointer data)
{
  MailAttachment *attachment = data;

  g_free (attachment->name);
  g_free (attachment->type);
  g_bytes_unref (attachment->content);
  g_free (attachment);
}

static Mail *
mail_new (void)
{
  Mail *self = g_new0 (Mail, 1);

  self->references_count = 1;
  self->to = g_ptr_array_new_with_free_func (g_free);
  self->references = g_ptr_array_new_with_free_func (g_free);
  self->attachments = g_ptr_array_new_with_free_func (attachment_free);

  return self;
}

Mail *
mail_ref (Mail *self)
{
  g_atomic_int_inc (&self->references_count);

  return self;
}

void
mail_unref (Mail *self)
{
  if (!g_atomic_int_dec_and_test (&self->references_count))
    return;
  g_free (self->from);
  g_free (self->name);
  g_free (self->answer_to);
  g_free (self->subject);
  g_free (self->id);
  g_free (self->text);
  g_free (self->bounced);
  g_ptr_array_unref (self->to);
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->attachments);
  g_free (self);
}

/* --- words of headers ------------------------------------------------------------------------- */

static char *
cut_at (char *text, glong characters)
{
  if (g_utf8_strlen (text, -1) > characters)
    *g_utf8_offset_to_pointer (text, characters) = '\0';

  return text;
}

char *
mail_header_text (const char *raw)
{
  g_autofree char *utf8 = NULL;
  g_autofree char *decoded = NULL;
  g_autoptr (GString) plain = g_string_new (NULL);

  if (raw == NULL)
    return NULL;
  utf8 = charset_to_utf8 (raw, strlen (raw), NULL);
  decoded = g_mime_utils_header_decode_text (NULL, utf8);
  g_free (utf8);
  utf8 = g_utf8_make_valid (decoded, -1);
  for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || g_unichar_isspace (c))
        {
          if (plain->len > 0 && plain->str[plain->len - 1] != ' ')
            g_string_append_c (plain, ' ');
        }
      else
        g_string_append_unichar (plain, c);
    }

  return g_strchomp (g_string_free (g_steal_pointer (&plain), FALSE));
}

/* As it stands in the mail, which may be in any charset; NULL if it is not there. */
static char *
raw_header (GMimeMessage *message, const char *name)
{
  GMimeHeader *header =
      g_mime_header_list_get_header (g_mime_object_get_header_list (GMIME_OBJECT (message)), name);
  const char *raw = header != NULL ? g_mime_header_get_raw_value (header) : NULL;

  return raw != NULL ? charset_to_utf8 (raw, strlen (raw), NULL) : NULL;
}

char *
mail_address (const char *address)
{
  const char *at;

  if (address == NULL || strlen (address) > ADDRESS_MAX || !g_utf8_validate (address, -1, NULL))
    return NULL;
  at = strrchr (address, '@');
  if (at == NULL || at == address || at[1] == '\0')
    return NULL;
  for (const char *p = address; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || *p == ' ' || *p == '<' || *p == '>' || *p == ',' || *p == ';')
      return NULL;

  return g_utf8_strdown (address, -1);
}

void
mail_add_ids (GPtrArray *ids, const char *header, guint max)
{
  const char *p = header;

  while (p != NULL && (p = strchr (p, '<')) != NULL)
    {
      gsize size = strcspn (p + 1, "<> \t\r\n");

      if (p[1 + size] == '>' && size > 2 && size <= ID_MAX &&
          g_utf8_validate (p + 1, (gssize) size, NULL))
        g_ptr_array_add (ids, g_strndup (p + 1, size));
      p += 1 + size;
    }
  if (ids->len > max)
    g_ptr_array_remove_range (ids, 0, ids->len - max);
}

/* --- who -------------------------------------------------------------------------------------- */

static void
each_mailbox (InternetAddressList *list, GFunc func, gpointer user_data)
{
  for (int i = 0; list != NULL && i < MIN (internet_address_list_length (list), TO_MAX); i++)
    {
      InternetAddress *one = internet_address_list_get_address (list, i);

      if (INTERNET_ADDRESS_IS_MAILBOX (one))
        func (one, user_data);
    }
}

static void
first_name (gpointer mailbox, gpointer user_data)
{
  char **name = user_data;

  if (*name == NULL)
    *name = mail_header_text (internet_address_get_name (mailbox));
}

static void
add_address (gpointer mailbox, gpointer user_data)
{
  char *address = mail_address (internet_address_mailbox_get_addr (mailbox));

  if (address != NULL && ((GPtrArray *) user_data)->len < TO_MAX)
    g_ptr_array_add (user_data, address);
  else
    g_free (address);
}

static void
read_sender (Mail *self, GMimeMessage *message)
{
  g_autoptr (GPtrArray) from = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) answer = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *said = raw_header (message, "From");
  g_autofree char *sender = said == NULL ? raw_header (message, "Sender") : NULL;
  const char *who = said != NULL ? said : sender;
  g_autoptr (InternetAddressList) senders =
      who != NULL ? internet_address_list_parse (NULL, who) : NULL;

  each_mailbox (senders, add_address, from);
  each_mailbox (g_mime_message_get_reply_to (message), add_address, answer);
  if (from->len > 0)
    {
      self->from = g_strdup (from->pdata[0]);
      each_mailbox (senders, first_name, &self->name);
      if (self->name != NULL && *self->name == '\0')
        g_clear_pointer (&self->name, g_free);
      if (self->name != NULL)
        cut_at (self->name, NAME_MAX_CHARS);
    }
  if (answer->len > 0)
    self->answer_to = g_strdup (answer->pdata[0]);
  else
    self->answer_to = g_strdup (self->from);
}

static void
read_recipients (Mail *self, GMimeMessage *message)
{
  static const char *const others[] = { "Delivered-To", "X-Original-To", "Envelope-To" };

  each_mailbox (g_mime_message_get_to (message), add_address, self->to);
  each_mailbox (g_mime_message_get_cc (message), add_address, self->to);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const char *value = g_mime_object_get_header (GMIME_OBJECT (message), others[i]);
      g_autofree char *trimmed = g_strstrip (g_strdup (value != NULL ? value : ""));
      g_autofree char *address = mail_address (trimmed);

      if (address != NULL && self->to->len < TO_MAX)
        g_ptr_array_add (self->to, g_steal_pointer (&address));
    }
}

/* --- which ------------------------------------------------------------------------------------ */

static void
read_ids (Mail *self, GMimeMessage *message, GBytes *bytes)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_free);
  GMimeObject *object = GMIME_OBJECT (message);

  mail_add_ids (own, g_mime_object_get_header (object, "Message-ID"), 1);
  if (own->len > 0)
    self->id = g_strdup (own->pdata[0]);
  else
    {
      g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      self->id = g_strconcat ("sha256.", hash, NULL);
    }
  mail_add_ids (self->references, g_mime_object_get_header (object, "References"), IDS_MAX);
  mail_add_ids (self->references, g_mime_object_get_header (object, "In-Reply-To"), IDS_MAX);
}

/* The size of the headers, or 0 if they are too long for anybody. */
static gsize
measure_headers (const char *data, gsize size)
{
  gsize at = 0;

  for (guint lines = 0; lines < HEADER_LINES && at < MIN (size, HEADERS_MAX); lines++)
    {
      const char *end = memchr (data + at, '\n', size - at);
      gsize length = end != NULL ? (gsize) (end - data) - at : size - at;

      if (length == 0 || (length == 1 && data[at] == '\r') || end == NULL)
        return at + length;
      at += length + 1;
    }

  return at >= size ? size : 0;
}

Mail *
mail_parse (GBytes *bytes, gboolean whole, const MailLimits *limits, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GMimeParser) parser = NULL;
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (Mail) self = mail_new ();
  g_autofree char *subject = NULL;

  if (size == 0)
    return g_set_error (error, MAIL_ERROR, MAIL_ERROR_EMPTY, "empty mail"), NULL;
  if (measure_headers (data, size) == 0)
    return g_set_error (error, MAIL_ERROR, MAIL_ERROR_HEADERS, "headers too long"), NULL;
  stream = g_mime_stream_mem_new_with_buffer (data, size);
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);
  if (message == NULL)
    return g_set_error (error, MAIL_ERROR, MAIL_ERROR_HEADERS, "no mail"), NULL;

  read_sender (self, message);
  if (self->from == NULL || self->answer_to == NULL)
    return g_set_error (error, MAIL_ERROR, MAIL_ERROR_SENDER, "no sender"), NULL;
  read_recipients (self, message);
  subject = raw_header (message, "Subject");
  self->subject = mail_header_text (subject);
  if (self->subject == NULL)
    self->subject = g_strdup ("");
  cut_at (self->subject, SUBJECT_MAX);
  read_ids (self, message, bytes);
  mail_judge (self, message);
  mail_read_body (self, message, whole, limits);

  return g_steal_pointer (&self);
}
