/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One handler for each method, in a table. D-Bus has checked the arguments' types. */
#include "phone/face-methods.h"

#include "phone/error.h"

typedef gboolean (*Handler) (Phone *phone, GVariant *arguments, GVariant **result, GError **error);

static gboolean
on_set_account (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  g_autoptr (GVariant) account = g_variant_get_child_value (arguments, 0);

  return phone_set_account (phone, account, error);
}

static gboolean
on_clear_account (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  phone_clear_account (phone);
  return TRUE;
}

static gboolean
on_keep_alive (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  guint seconds;

  g_variant_get (arguments, "(u)", &seconds);
  return phone_keep_alive (phone, seconds, error);
}

static PhoneCall *
call_of (Phone *phone, GVariant *arguments, GError **error)
{
  const char *id;

  g_variant_get_child (arguments, 0, "&s", &id);
  return phone_find_call (phone, id, error);
}

static gboolean
on_answer (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  PhoneCall *call = call_of (phone, arguments, error);

  return call && phone_answer (phone, call, error);
}

static gboolean
on_decline (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  PhoneCall *call = call_of (phone, arguments, error);
  const char *reason;

  if (!call)
    return FALSE;
  g_variant_get_child (arguments, 1, "&s", &reason);
  if (g_str_equal (reason, "declined"))
    return phone_call_reject (call, 603, "declined", error);
  if (g_str_equal (reason, "busy"))
    return phone_call_reject (call, 486, "busy", error);
  g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "reason: not declined or busy");
  return FALSE;
}

static gboolean
on_hang_up (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  PhoneCall *call = call_of (phone, arguments, error);

  return call && phone_call_hang_up (call, error);
}

static gboolean
on_set_muted (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  PhoneCall *call = call_of (phone, arguments, error);
  gboolean muted;

  g_variant_get_child (arguments, 1, "b", &muted);
  return call && phone_call_set_muted (call, muted, error);
}

static gboolean
on_send_dtmf (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  PhoneCall *call = call_of (phone, arguments, error);
  const char *digits;

  g_variant_get_child (arguments, 1, "&s", &digits);
  return call && phone_call_send_dtmf (call, digits, error);
}

static gboolean
on_hold (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  PhoneCall *call = call_of (phone, arguments, error);

  return call && phone_call_set_hold (call, TRUE, error);
}

static gboolean
on_resume (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  PhoneCall *call = call_of (phone, arguments, error);

  return call && phone_call_set_hold (call, FALSE, error);
}

static gboolean
on_get_quality (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  PhoneCall *call = call_of (phone, arguments, error);
  GVariant *figures = call ? phone_call_describe_quality (call) : NULL;

  if (figures)
    *result = g_variant_new ("(@a{sv})", figures);
  else if (call)
    g_set_error (error, PHONE_ERROR, PHONE_ERROR_WRONG_STATE, "the call has no sound");
  return figures != NULL;
}

static gboolean
on_configure (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  g_autoptr (GVariant) settings = g_variant_get_child_value (arguments, 0);

  return phone_configure (phone, settings, error);
}

static gboolean
on_test_record (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  guint seconds;

  g_variant_get (arguments, "(u)", &seconds);
  return phone_test_record (phone, seconds, error);
}

static gboolean
on_test_play (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  return phone_test_play (phone, error);
}

static gboolean
on_test_ring (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  guint seconds;

  g_variant_get (arguments, "(u)", &seconds);
  return phone_test_ring (phone, seconds, error);
}

static gboolean
on_test_stop (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  phone_sound_test_stop (phone_get_test (phone));
  return TRUE;
}

static gboolean
on_record_file (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  const char *path;
  guint seconds;

  g_variant_get (arguments, "(&su)", &path, &seconds);
  return phone_may_test (phone, 1, error) &&
         phone_recorder_record (phone_get_recorder (phone), path, seconds, error);
}

static gboolean
on_play_file (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  const char *path;

  g_variant_get (arguments, "(&s)", &path);
  return phone_may_test (phone, 1, error) &&
         phone_recorder_play (phone_get_recorder (phone), path, 0, error);
}

static gboolean
on_play_file_from (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  const char *path;
  guint from;

  g_variant_get (arguments, "(&su)", &path, &from);
  return phone_may_test (phone, 1, error) &&
         phone_recorder_play (phone_get_recorder (phone), path, from, error);
}

static gboolean
on_recorder_stop (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  phone_recorder_stop (phone_get_recorder (phone), FALSE);
  return TRUE;
}

static gboolean
on_play_sound (Phone *phone, GVariant *arguments, GVariant **result, GError **error)
{
  const char *name;

  g_variant_get_child (arguments, 0, "&s", &name);
  return phone_play_sound (phone, name, error);
}

static const struct
{
  const char *name;
  Handler handle;
} handlers[] = {
  { "SetAccount", on_set_account },
  { "ClearAccount", on_clear_account },
  { "KeepAlive", on_keep_alive },
  { "Answer", on_answer },
  { "Decline", on_decline },
  { "HangUp", on_hang_up },
  { "SetMuted", on_set_muted },
  { "SendDtmf", on_send_dtmf },
  { "Hold", on_hold },
  { "Resume", on_resume },
  { "GetQuality", on_get_quality },
  { "Configure", on_configure },
  { "PlaySound", on_play_sound },
  { "TestRecord", on_test_record },
  { "TestPlay", on_test_play },
  { "TestRing", on_test_ring },
  { "TestStop", on_test_stop },
  { "RecordFile", on_record_file },
  { "PlayFile", on_play_file },
  { "PlayFileFrom", on_play_file_from },
  { "RecorderStop", on_recorder_stop },
};

gboolean
phone_face_call (Phone *phone,
                 const char *name,
                 GVariant *arguments,
                 GVariant **result,
                 GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (g_str_equal (name, handlers[i].name))
      return handlers[i].handle (phone, arguments, result, error);
  g_set_error (error, PHONE_ERROR, PHONE_ERROR_FAILED, "no such method");
  return FALSE;
}
