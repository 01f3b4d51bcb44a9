/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids of what lives at run time: 64 bits, the node that made it above, a counter below, so that
 * several nodes make ids without asking each other. As text they are short opaque strings that
 * begin with the letter of their kind. Pure functions, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef guint64 ModelId; /* 0 is no id */

typedef enum
{
  MODEL_ID_INTERACTION = 'i',
  MODEL_ID_REQUEST = 'q',
  MODEL_ID_PARTICIPATION = 'p',
  MODEL_ID_OFFER = 'o',
  MODEL_ID_LEG = 'l',
  MODEL_ID_SESSION = 's',
  MODEL_ID_CUSTOMER = 'c',
  MODEL_ID_CONVERSATION = 'n',
} ModelIdKind;

#define MODEL_ID_TEXT_SIZE    16
#define MODEL_ID_COUNTER_BITS 48

ModelId model_id_make (guint16 node, guint64 counter);
guint16 model_id_node (ModelId id);
guint64 model_id_counter (ModelId id);

/* Writes the text form into `text` (MODEL_ID_TEXT_SIZE bytes) and returns it. */
const char *model_id_to_text (ModelIdKind kind, ModelId id, char *text);
/* FALSE if the text is no id of this kind. */
gboolean model_id_from_text (ModelIdKind kind, const char *text, ModelId *id);

G_END_DECLS
