/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of payment cards in what is written: masked before anything is kept, told or sent, or
 * refused, as the centre says. Centre's thread. */
#include "server/channels/conversations-private.h"

#include "base/card-data.h"

static ModelCardData
rule_of (Conversations *self)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);

  return definitions != NULL ? (ModelCardData) definitions->settings.card_data
                             : MODEL_CARD_DATA_MASK;
}

char *
conversations_without_cards (Conversations *self, const char *text)
{
  return rule_of (self) != MODEL_CARD_DATA_KEEP ? base_card_mask (text) : NULL;
}

gboolean
conversations_refuses_cards (Conversations *self, const char *text)
{
  return text != NULL && rule_of (self) == MODEL_CARD_DATA_BLOCK && base_card_found (text);
}

static gboolean
mask (Conversations *self, char **text)
{
  char *masked = *text != NULL ? conversations_without_cards (self, *text) : NULL;

  if (masked == NULL)
    return FALSE;
  g_free (*text);
  *text = masked;

  return TRUE;
}

void
conversation_mask_cards (Conversations *self, Message *message)
{
  gboolean in_text = mask (self, &message->text);
  gboolean in_subject = mask (self, &message->subject);

  if (in_text || in_subject)
    message_mark_masked (message);
}
