/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gateway of SMS as the daemon's file describes it ([sms NAME]): how a message is handed to it,
 * and the words in which it calls back. Immutable after reading. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *kind; /* "kannel", "http"; NULL: http */
  gboolean kannel;
  char *url, *method, *type, *body; /* of what is sent, with {from} {to} {text} {id} … in them */
  GStrv headers;                    /* "Name: value" */
  char *user, *password;
  char *id_pattern; /* finds the gateway's name of the message in its answer; NULL: has none */
  GRegex *id_regex;
  char *secret;  /* of callbacks */
  GStrv numbers; /* ours that go through it; NULL: all */
  char *plus;    /* "always", "never": how it writes and wants numbers; NULL: as they are */
  /* What it calls the fields of its callbacks. */
  char *field_from, *field_to, *field_text, *field_id, *field_state;
  GStrv delivered, failed; /* its words for these states */
  guint segments;          /* that one message may have */
  /* Of files (MMS). */
  char *media;                  /* "url", "multipart": how they are handed over; NULL: not at all */
  char *media_url, *media_body; /* of a message with files; as others if NULL */
  char *media_item;             /* each file's share of {media} */
  char *media_field;            /* of a form with parts: what a file is called */
  guint media_seconds;          /* for which a link to one of ours is good */
  char *field_media;            /* of callbacks, with {n} for its number: where a file is */
  char *field_file;             /* the file itself as base64, likewise */
  char *field_file_name;        /* what it is called */
  GStrv media_hosts;            /* from which customers' files are fetched */
  char *media_user, *media_password; /* with which */
  char *media_loopback;              /* "yes": from this machine too */
} SmsGateway;

/* One group of the file into the list. */
gboolean sms_gateway_read (GPtrArray *gateways, GKeyFile *file, const char *group, GError **error);
void sms_gateway_free (gpointer gateway);

typedef struct
{
  const char *from, *to, *text, *id, *report; /* report: where it tells what became of it */
  gboolean unicode;
  const char *media; /* NULL; what stands for the files, as it is */
  const char *file;  /* NULL; of media_item: the link to one */
} SmsOrder;

/* @template with its fields filled in, escaped for where they stand: "url", or a body of the type
 * of form, JSON or plain text. */
char *sms_gateway_fill (const SmsGateway *self,
                        const char *template_text,
                        const char *place,
                        const SmsOrder *order);

/* A number as the gateway writes it; free with g_free. */
char *sms_gateway_number_out (const SmsGateway *self, const char *number);

G_END_DECLS
