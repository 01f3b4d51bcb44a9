/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One getter for each property, in a table. */
#include "phone/face-properties.h"

#include "phone/face.h"

typedef GVariant *(*Getter) (Phone *phone);

static const PhoneSettings *
settings_of (Phone *phone)
{
  return phone_audio_get_settings (phone_get_audio (phone));
}

static GVariant *
get_interface_version (Phone *phone)
{
  return g_variant_new_uint32 (PHONE_INTERFACE_VERSION);
}

static GVariant *
get_program_version (Phone *phone)
{
  return g_variant_new_string (PHONE_VERSION);
}

static GVariant *
get_registration (Phone *phone)
{
  return g_variant_new_string (phone_get_registration (phone));
}

static GVariant *
get_registration_reason (Phone *phone)
{
  return g_variant_new_string (phone_get_registration_reason (phone));
}

static GVariant *
get_registration_status (Phone *phone)
{
  return g_variant_new_uint32 (phone_get_registration_status (phone));
}

static GVariant *
get_calls (Phone *phone)
{
  GPtrArray *calls = phone_get_calls (phone);
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < calls->len; i++)
    g_variant_builder_add_value (&list, phone_call_describe (calls->pdata[i]));
  return g_variant_builder_end (&list);
}

static GVariant *
devices_of (Phone *phone, PhoneDeviceKind kind)
{
  return phone_devices_to_variant (phone_audio_get_devices (phone_get_audio (phone), kind));
}

static GVariant *
get_microphones (Phone *phone)
{
  return devices_of (phone, PHONE_MICROPHONE);
}

static GVariant *
get_speakers (Phone *phone)
{
  return devices_of (phone, PHONE_SPEAKER);
}

static GVariant *
get_microphone (Phone *phone)
{
  return g_variant_new_string (settings_of (phone)->devices[PHONE_USE_MICROPHONE]);
}

static GVariant *
get_speaker (Phone *phone)
{
  return g_variant_new_string (settings_of (phone)->devices[PHONE_USE_SPEAKER]);
}

static GVariant *
get_ringer (Phone *phone)
{
  return g_variant_new_string (settings_of (phone)->devices[PHONE_USE_RINGER]);
}

static GVariant *
get_microphone_volume (Phone *phone)
{
  return g_variant_new_double (settings_of (phone)->volumes[PHONE_USE_MICROPHONE]);
}

static GVariant *
get_speaker_volume (Phone *phone)
{
  return g_variant_new_double (settings_of (phone)->volumes[PHONE_USE_SPEAKER]);
}

static GVariant *
get_ring_volume (Phone *phone)
{
  return g_variant_new_double (settings_of (phone)->volumes[PHONE_USE_RINGER]);
}

static GVariant *
get_echo_cancellation (Phone *phone)
{
  return g_variant_new_boolean (settings_of (phone)->echo_cancellation);
}

static GVariant *
get_noise_suppression (Phone *phone)
{
  return g_variant_new_boolean (settings_of (phone)->noise_suppression);
}

static GVariant *
get_gain_control (Phone *phone)
{
  return g_variant_new_boolean (settings_of (phone)->gain_control);
}

static GVariant *
active_of (Phone *phone, PhoneUse use)
{
  const char *device = phone_audio_get_active (phone_get_audio (phone), use);

  return g_variant_new_string (device ? device : "");
}

static GVariant *
get_active_microphone (Phone *phone)
{
  return active_of (phone, PHONE_USE_MICROPHONE);
}

static GVariant *
get_active_speaker (Phone *phone)
{
  return active_of (phone, PHONE_USE_SPEAKER);
}

static GVariant *
get_active_ringer (Phone *phone)
{
  return active_of (phone, PHONE_USE_RINGER);
}

static GVariant *
get_test (Phone *phone)
{
  return g_variant_new_string (phone_sound_test_get_state_name (phone_get_test (phone)));
}

static GVariant *
get_recorder (Phone *phone)
{
  return g_variant_new_string (phone_recorder_get_state (phone_get_recorder (phone)));
}

static GVariant *
get_recorder_result (Phone *phone)
{
  return g_variant_new_string (phone_recorder_get_result (phone_get_recorder (phone)));
}

static GVariant *
get_recorder_seconds (Phone *phone)
{
  return g_variant_new_double (phone_recorder_get_seconds (phone_get_recorder (phone)));
}

static const struct
{
  const char *name;
  Getter get;
} getters[] = {
  { "InterfaceVersion", get_interface_version },
  { "ProgramVersion", get_program_version },
  { "Registration", get_registration },
  { "RegistrationReason", get_registration_reason },
  { "RegistrationStatus", get_registration_status },
  { "Account", phone_get_account },
  { "Problems", phone_get_problems },
  { "Calls", get_calls },
  { "Microphones", get_microphones },
  { "Speakers", get_speakers },
  { "Microphone", get_microphone },
  { "Speaker", get_speaker },
  { "Ringer", get_ringer },
  { "MicrophoneVolume", get_microphone_volume },
  { "SpeakerVolume", get_speaker_volume },
  { "RingVolume", get_ring_volume },
  { "EchoCancellation", get_echo_cancellation },
  { "NoiseSuppression", get_noise_suppression },
  { "GainControl", get_gain_control },
  { "ActiveMicrophone", get_active_microphone },
  { "ActiveSpeaker", get_active_speaker },
  { "ActiveRinger", get_active_ringer },
  { "Test", get_test },
  { "Recorder", get_recorder },
  { "RecorderResult", get_recorder_result },
  { "RecorderSeconds", get_recorder_seconds },
};

GVariant *
phone_face_get_property (Phone *phone, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (getters); i++)
    if (g_str_equal (name, getters[i].name))
      return getters[i].get (phone);
  g_return_val_if_reached (NULL);
}
