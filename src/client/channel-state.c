/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetChannelState: a table of fields, and how they are read out of an agent's state. Main loop.
 */
#include "client/channel-state.h"

#include "client/apply-fields.h"
#include "client/fields/supervision.h"

#define ITEMS_MAX 64

struct _GuichetChannelState
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetChannelState, guichet_channel_state, GUICHET_TYPE_RECORD)

static const GuichetField channel_fields[N_CHANNEL_STATE_FIELDS] = {
  [CHANNEL_STATE_CHANNEL] = { "channel", GUICHET_FIELD_STRING },
  [CHANNEL_STATE_READY] = { "ready", GUICHET_FIELD_BOOL },
  [CHANNEL_STATE_REASON] = { "reason", GUICHET_FIELD_STRING },
  [CHANNEL_STATE_SINCE] = { "since", GUICHET_FIELD_INT },
  [CHANNEL_STATE_BY] = { "by", GUICHET_FIELD_STRING },
  [CHANNEL_STATE_NAME] = { "name", GUICHET_FIELD_STRING },
};

static void
guichet_channel_state_class_init (GuichetChannelStateClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), channel_fields,
                                N_CHANNEL_STATE_FIELDS);
}

static void
guichet_channel_state_init (GuichetChannelState *self)
{
}

GUICHET_RECORD_STRING (GuichetChannelState, guichet_channel_state, channel, CHANNEL_STATE_CHANNEL)
GUICHET_RECORD_BOOL (GuichetChannelState, guichet_channel_state, ready, CHANNEL_STATE_READY)
GUICHET_RECORD_STRING (GuichetChannelState, guichet_channel_state, reason, CHANNEL_STATE_REASON)
GUICHET_RECORD_INT (GuichetChannelState, guichet_channel_state, since, CHANNEL_STATE_SINCE)
GUICHET_RECORD_STRING (GuichetChannelState, guichet_channel_state, name, CHANNEL_STATE_NAME)

gboolean
guichet_apply_channels (GuichetRecord *record, guint field, const BaseJson *state, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "channel", CHANNEL_STATE_CHANNEL, GUICHET_JSON_TEXT },
    { "ready", CHANNEL_STATE_READY, GUICHET_JSON_BOOL },
    { "reason", CHANNEL_STATE_REASON, GUICHET_JSON_TEXT },
    { "since", CHANNEL_STATE_SINCE, GUICHET_JSON_TIME },
    { "by", CHANNEL_STATE_BY, GUICHET_JSON_TEXT },
    { "name", CHANNEL_STATE_NAME, GUICHET_JSON_TEXT },
  };
  g_autoptr (GListStore) channels = g_list_store_new (GUICHET_TYPE_CHANNEL_STATE);
  BaseJson array, item;

  if (!base_json_opt_array (state, "channels", ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      g_autoptr (GuichetRecord) one = g_object_new (GUICHET_TYPE_CHANNEL_STATE, NULL);

      if (!base_json_item_object (&array, i, &item, error) ||
          !APPLY_FIELDS (one, &item, fields, error))
        return FALSE;
      g_list_store_append (channels, one);
    }
  guichet_record_set_object (record, field, channels);
  return TRUE;
}
