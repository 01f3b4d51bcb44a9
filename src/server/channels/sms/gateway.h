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
} SmsGateway;

/* One group of the file into the list. */
gboolean sms_gateway_read (GPtrArray *gateways, GKeyFile *file, const char *group, GError **error);
void sms_gateway_free (gpointer gateway);

typedef struct
{
  const char *from, *to, *text, *id, *report; /* report: where it tells what became of it */
  gboolean unicode;
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
