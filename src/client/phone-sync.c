/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the phone says of itself on the bus into the properties and lists of GuichetPhone. Main
 * loop. */
#include "client/phone-parts.h"

#include "client/fields/phone.h"

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

static gpointer
find_by_id (GListStore *list, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (GuichetRecord) item = g_list_model_get_item (G_LIST_MODEL (list), i);
      if (g_str_equal (guichet_record_get_string (item, 0), id))
        return item; /* the list holds it */
    }
  return NULL;
}

GuichetCall *
guichet_phone_find_call (GuichetPhone *self, const char *id)
{
  return find_by_id (self->calls, id);
}

/* Fields of a call by their keys on the bus. */
static const struct
{
  const char *key;
  guint field;
} call_texts[] = {
  { "state", CALL_STATE },
  { "direction", CALL_DIRECTION },
  { "peer_name", CALL_PEER_NAME },
  { "peer_number", CALL_PEER_NUMBER },
  { "offer", CALL_OFFER },
  { "codec", CALL_CODEC },
  { "end_reason", CALL_END_REASON },
}, call_times[] = {
  { "started", CALL_STARTED },
  { "answered", CALL_ANSWERED },
  { "ended", CALL_ENDED },
}, call_flags[] = {
  { "muted", CALL_MUTED },
  { "encrypted", CALL_ENCRYPTED },
};

static void
apply_call (GuichetCall *call, GVariantDict *dict)
{
  g_object_freeze_notify (G_OBJECT (call));
  for (guint i = 0; i < G_N_ELEMENTS (call_texts); i++)
    {
      const char *text = "";
      g_variant_dict_lookup (dict, call_texts[i].key, "&s", &text);
      guichet_record_set_string (record (call), call_texts[i].field, text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (call_times); i++)
    {
      gint64 at = 0;
      g_variant_dict_lookup (dict, call_times[i].key, "x", &at);
      guichet_record_set_int (record (call), call_times[i].field, at);
    }
  for (guint i = 0; i < G_N_ELEMENTS (call_flags); i++)
    {
      gboolean on = FALSE;
      g_variant_dict_lookup (dict, call_flags[i].key, "b", &on);
      guichet_record_set_bool (record (call), call_flags[i].field, on);
    }
  guichet_record_set_bool (record (call), CALL_LIVE,
                           !g_str_equal (guichet_call_get_state (call), "ended"));
  g_object_thaw_notify (G_OBJECT (call));
}

static void
choose_call (GuichetPhone *self)
{
  GuichetCall *best = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->calls)); i++)
    {
      g_autoptr (GuichetCall) call = g_list_model_get_item (G_LIST_MODEL (self->calls), i);
      if (guichet_call_get_live (call) &&
          (best == NULL || g_str_equal (guichet_call_get_state (best), "ringing")))
        best = call;
    }
  guichet_record_set_object (record (self), PHONE_CALL, best);
}

static void
remove_missing (GListStore *list, GHashTable *seen)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (list)); i > 0; i--)
    {
      g_autoptr (GuichetRecord) item = g_list_model_get_item (G_LIST_MODEL (list), i - 1);
      if (!g_hash_table_contains (seen, guichet_record_get_string (item, 0)))
        g_list_store_remove (list, i - 1);
    }
}

static void
sync_calls (GuichetPhone *self, GVariant *calls)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GVariantIter iter;
  GVariant *entry;

  g_variant_iter_init (&iter, calls);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (entry);
      const char *id = NULL;
      GuichetCall *call;

      if (g_variant_dict_lookup (&dict, "id", "&s", &id))
        {
          g_hash_table_add (seen, g_strdup (id));
          call = find_by_id (self->calls, id);
          if (call != NULL)
            apply_call (call, &dict);
          else
            {
              g_autoptr (GuichetCall) made = g_object_new (GUICHET_TYPE_CALL, NULL);
              guichet_record_set_string (record (made), CALL_ID, id);
              apply_call (made, &dict);
              g_list_store_append (self->calls, made);
            }
        }
      g_variant_unref (entry);
    }
  remove_missing (self->calls, seen);
  choose_call (self);
}

static void
sync_devices (GListStore *list, GVariant *devices)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GVariantIter iter;
  GVariant *entry;

  g_variant_iter_init (&iter, devices);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (entry);
      const char *id = NULL;
      const char *label = "";
      gboolean is_default = FALSE;

      if (g_variant_dict_lookup (&dict, "id", "&s", &id))
        {
          GuichetDevice *device = find_by_id (list, id);
          g_autoptr (GuichetDevice) made = NULL;

          g_variant_dict_lookup (&dict, "label", "&s", &label);
          g_variant_dict_lookup (&dict, "default", "b", &is_default);
          g_hash_table_add (seen, g_strdup (id));
          if (device == NULL)
            device = made = g_object_new (GUICHET_TYPE_DEVICE, NULL);
          guichet_record_set_string (record (device), DEVICE_ID, id);
          guichet_record_set_string (record (device), DEVICE_LABEL, label);
          guichet_record_set_bool (record (device), DEVICE_IS_DEFAULT, is_default);
          if (made != NULL)
            g_list_store_append (list, made);
        }
      g_variant_unref (entry);
    }
  remove_missing (list, seen);
}

static const struct
{
  const char *name;
  guint field;
} bus_properties[] = {
  { "Registration", PHONE_REGISTRATION },
  { "RegistrationReason", PHONE_REGISTRATION_REASON },
  { "RegistrationStatus", PHONE_REGISTRATION_STATUS },
  { "Problems", PHONE_PROBLEMS },
  { "Microphone", PHONE_MICROPHONE },
  { "Speaker", PHONE_SPEAKER },
  { "Ringer", PHONE_RINGER },
  { "ActiveMicrophone", PHONE_ACTIVE_MICROPHONE },
  { "ActiveSpeaker", PHONE_ACTIVE_SPEAKER },
  { "ActiveRinger", PHONE_ACTIVE_RINGER },
  { "MicrophoneVolume", PHONE_MICROPHONE_VOLUME },
  { "SpeakerVolume", PHONE_SPEAKER_VOLUME },
  { "RingVolume", PHONE_RING_VOLUME },
  { "EchoCancellation", PHONE_ECHO_CANCELLATION },
  { "NoiseSuppression", PHONE_NOISE_SUPPRESSION },
  { "GainControl", PHONE_GAIN_CONTROL },
  { "Test", PHONE_TEST },
  { "Recorder", PHONE_RECORDER },
  { "RecorderResult", PHONE_RECORDER_RESULT },
  { "RecorderSeconds", PHONE_RECORDER_SECONDS },
};

static void
sync_property (GuichetPhone *self, guint field, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    guichet_record_set_string (record (self), field, g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    guichet_record_set_int (record (self), field, g_variant_get_uint32 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    guichet_record_set_double (record (self), field, g_variant_get_double (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    guichet_record_set_bool (record (self), field, g_variant_get_boolean (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY))
    {
      g_autofree const char **texts = g_variant_get_strv (value, NULL);
      guichet_record_set_strv (record (self), field, texts);
    }
}

void
guichet_phone_sync (GuichetPhone *self)
{
  GDBusProxy *proxy = G_DBUS_PROXY (self->proxy);
  g_autoptr (GVariant) calls = g_dbus_proxy_get_cached_property (proxy, "Calls");
  g_autoptr (GVariant) microphones = g_dbus_proxy_get_cached_property (proxy, "Microphones");
  g_autoptr (GVariant) speakers = g_dbus_proxy_get_cached_property (proxy, "Speakers");

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < G_N_ELEMENTS (bus_properties); i++)
    {
      g_autoptr (GVariant) value = g_dbus_proxy_get_cached_property (proxy, bus_properties[i].name);
      if (value != NULL)
        sync_property (self, bus_properties[i].field, value);
    }
  if (microphones != NULL)
    sync_devices (self->microphones, microphones);
  if (speakers != NULL)
    sync_devices (self->speakers, speakers);
  if (calls != NULL)
    sync_calls (self, calls);
  g_object_thaw_notify (G_OBJECT (self));
}

void
guichet_phone_lose_calls (GuichetPhone *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->calls)); i++)
    {
      g_autoptr (GuichetCall) call = g_list_model_get_item (G_LIST_MODEL (self->calls), i);

      if (!guichet_call_get_live (call))
        continue;
      g_object_freeze_notify (G_OBJECT (call));
      guichet_record_set_string (record (call), CALL_STATE, "ended");
      guichet_record_set_string (record (call), CALL_END_REASON, "phone_lost");
      guichet_record_set_bool (record (call), CALL_LIVE, FALSE);
      g_object_thaw_notify (G_OBJECT (call));
    }
  g_list_store_remove_all (self->calls);
  choose_call (self);
}
