/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer's page says on its stream. From strangers; pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of JSON: 4000 characters, each as two escapes. */
#define WEBCHAT_STREAM_MESSAGE_MAX (64 * 1024)

typedef enum
{
  WEBCHAT_SAID_MESSAGE, /* key, text, files */
  WEBCHAT_SAID_TYPING,  /* on */
  WEBCHAT_SAID_READ,    /* number */
  WEBCHAT_SAID_END,
  WEBCHAT_SAID_HEARTBEAT,
} WebchatSaidKind;

typedef struct
{
  WebchatSaidKind kind;
  char *key, *text;
  GStrv files; /* ids, of a message never NULL */
  gboolean on;
  gint64 number;
} WebchatSaid;

/* NULL: not understood. */
WebchatSaid *webchat_said_parse (GBytes *bytes);
void webchat_said_free (WebchatSaid *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WebchatSaid, webchat_said_free)

G_END_DECLS
