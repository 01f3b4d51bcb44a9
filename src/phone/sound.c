/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection to the sound server. The library's thread gathers a snapshot of the devices after
 * each change and hands it to the main context; a lost server is looked for again with growing
 * pauses. */
#define G_LOG_DOMAIN "phone-sound"

#include "phone/sound.h"

#include "phone/priority.h"

#include <string.h>

#define RETRY_MIN_MS 200
#define RETRY_MAX_MS 3000

/* What the library's thread found, on its way to the main context. */
typedef struct
{
  GPtrArray *devices[2];
  char *defaults[2];
} Snapshot;

struct _PhoneSound
{
  void (*changed) (gpointer user_data);
  gpointer user_data;
  GMainContext *main;
  pa_threaded_mainloop *loop;
  GPtrArray *devices[2];
  gboolean up, settled;
  guint retry, retry_ms;
  GSource *delivery; /* at most one under way; under the loop's lock, as all below */
  pa_context *context;
  Snapshot *gathering, *gathered;
  gboolean again; /* something changed while gathering */
  gboolean failed;
};

static void gather (PhoneSound *sound);
static void connect_server (PhoneSound *sound);

static void
snapshot_free (Snapshot *snapshot)
{
  if (!snapshot)
    return;
  for (int i = 0; i < 2; i++)
    {
      g_clear_pointer (&snapshot->devices[i], g_ptr_array_unref);
      g_free (snapshot->defaults[i]);
    }
  g_free (snapshot);
}

static gboolean
on_retry (gpointer user_data)
{
  PhoneSound *sound = user_data;

  sound->retry = 0;
  connect_server (sound);
  return G_SOURCE_REMOVE;
}

static void
lose_server (PhoneSound *sound)
{
  pa_threaded_mainloop_lock (sound->loop);
  g_clear_pointer (&sound->gathering, snapshot_free);
  if (sound->context)
    {
      pa_context_set_state_callback (sound->context, NULL, NULL);
      pa_context_set_subscribe_callback (sound->context, NULL, NULL);
      pa_context_disconnect (sound->context);
      g_clear_pointer (&sound->context, pa_context_unref);
    }
  pa_threaded_mainloop_unlock (sound->loop);
  sound->up = FALSE;
  sound->settled = TRUE;
  for (int i = 0; i < 2; i++)
    g_ptr_array_set_size (sound->devices[i], 0);
  if (sound->retry == 0)
    {
      sound->retry = g_timeout_add (sound->retry_ms, on_retry, sound);
      sound->retry_ms = MIN (sound->retry_ms * 2, RETRY_MAX_MS);
    }
}

/* On the main context: takes what the library's thread left. */
static gboolean
on_delivery (gpointer user_data)
{
  PhoneSound *sound = user_data;
  Snapshot *snapshot;
  gboolean failed, change = FALSE;

  pa_threaded_mainloop_lock (sound->loop);
  g_clear_pointer (&sound->delivery, g_source_unref);
  snapshot = g_steal_pointer (&sound->gathered);
  failed = sound->failed;
  sound->failed = FALSE;
  pa_threaded_mainloop_unlock (sound->loop);

  if (failed)
    {
      g_debug ("the sound server is away");
      change = sound->up || !sound->settled;
      lose_server (sound);
    }
  else if (snapshot)
    {
      change = !sound->up;
      sound->up = sound->settled = TRUE;
      sound->retry_ms = RETRY_MIN_MS;
      for (int i = 0; i < 2; i++)
        if (!phone_devices_equal (sound->devices[i], snapshot->devices[i]))
          {
            g_ptr_array_unref (sound->devices[i]);
            sound->devices[i] = g_steal_pointer (&snapshot->devices[i]);
            change = TRUE;
          }
    }
  snapshot_free (snapshot);
  if (change)
    sound->changed (sound->user_data);
  return G_SOURCE_REMOVE;
}

/* In the library's thread. */
static void
deliver (PhoneSound *sound)
{
  if (sound->delivery)
    return;
  sound->delivery = g_idle_source_new ();
  g_source_set_priority (sound->delivery, G_PRIORITY_DEFAULT);
  g_source_set_callback (sound->delivery, on_delivery, sound, NULL);
  g_source_attach (sound->delivery, sound->main);
}

static void
finish_gathering (PhoneSound *sound)
{
  snapshot_free (sound->gathered);
  sound->gathered = g_steal_pointer (&sound->gathering);
  deliver (sound);
  if (sound->again)
    gather (sound);
}

static gboolean
is_default (Snapshot *snapshot, PhoneDeviceKind kind, const char *name)
{
  return g_strcmp0 (snapshot->defaults[kind], name) == 0;
}

static void
on_source (pa_context *context, const pa_source_info *info, int end, void *user_data)
{
  PhoneSound *sound = user_data;

  if (!sound->gathering)
    return;
  if (end)
    {
      finish_gathering (sound);
      return;
    }
  /* What a speaker plays is no microphone, nor is a jack with nothing in it. */
  if (info->monitor_of_sink != PA_INVALID_INDEX ||
      (info->active_port && info->active_port->available == PA_PORT_AVAILABLE_NO))
    return;
  phone_devices_add (sound->gathering->devices[PHONE_MICROPHONE], info->name, info->description,
                     is_default (sound->gathering, PHONE_MICROPHONE, info->name));
}

static void
on_sink (pa_context *context, const pa_sink_info *info, int end, void *user_data)
{
  PhoneSound *sound = user_data;

  if (!sound->gathering)
    return;
  if (end)
    {
      pa_operation *next = pa_context_get_source_info_list (context, on_source, sound);
      if (next)
        pa_operation_unref (next);
      return;
    }
  /* "auto_null" is the server's stand-in for having none. */
  if (g_str_equal (info->name, "auto_null") ||
      (info->active_port && info->active_port->available == PA_PORT_AVAILABLE_NO))
    return;
  phone_devices_add (sound->gathering->devices[PHONE_SPEAKER], info->name, info->description,
                     is_default (sound->gathering, PHONE_SPEAKER, info->name));
}

static void
on_server (pa_context *context, const pa_server_info *info, void *user_data)
{
  PhoneSound *sound = user_data;
  pa_operation *next;

  if (!sound->gathering)
    return;
  if (info)
    {
      sound->gathering->defaults[PHONE_MICROPHONE] = g_strdup (info->default_source_name);
      sound->gathering->defaults[PHONE_SPEAKER] = g_strdup (info->default_sink_name);
    }
  next = pa_context_get_sink_info_list (context, on_sink, sound);
  if (next)
    pa_operation_unref (next);
}

static void
gather (PhoneSound *sound)
{
  pa_operation *first;

  if (sound->gathering)
    {
      sound->again = TRUE;
      return;
    }
  sound->again = FALSE;
  sound->gathering = g_new0 (Snapshot, 1);
  for (int i = 0; i < 2; i++)
    sound->gathering->devices[i] = phone_devices_new ();
  first = pa_context_get_server_info (sound->context, on_server, sound);
  if (first)
    pa_operation_unref (first);
}

static void
on_event (pa_context *context, pa_subscription_event_type_t type, uint32_t index, void *user_data)
{
  gather (user_data);
}

static void
on_context_state (pa_context *context, void *user_data)
{
  PhoneSound *sound = user_data;
  pa_context_state_t state = pa_context_get_state (context);
  pa_operation *subscription;

  if (state == PA_CONTEXT_READY)
    {
      phone_priority_ask (); /* on the library's thread */
      pa_context_set_subscribe_callback (context, on_event, sound);
      subscription =
          pa_context_subscribe (context,
                                PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_SOURCE |
                                    PA_SUBSCRIPTION_MASK_SERVER | PA_SUBSCRIPTION_MASK_CARD,
                                NULL, NULL);
      if (subscription)
        pa_operation_unref (subscription);
      gather (sound);
    }
  else if (!PA_CONTEXT_IS_GOOD (state))
    {
      sound->failed = TRUE;
      deliver (sound);
    }
}

static void
connect_server (PhoneSound *sound)
{
  pa_proplist *properties = pa_proplist_new ();

  pa_proplist_sets (properties, PA_PROP_APPLICATION_NAME, "Guichet");
  pa_proplist_sets (properties, PA_PROP_APPLICATION_ID, "org.guichet.Guichet");
  pa_proplist_sets (properties, PA_PROP_APPLICATION_ICON_NAME, "org.guichet.Guichet");
  pa_threaded_mainloop_lock (sound->loop);
  sound->context =
      pa_context_new_with_proplist (pa_threaded_mainloop_get_api (sound->loop), NULL, properties);
  pa_context_set_state_callback (sound->context, on_context_state, sound);
  if (pa_context_connect (sound->context, NULL, PA_CONTEXT_NOAUTOSPAWN, NULL) < 0)
    {
      sound->failed = TRUE;
      deliver (sound);
    }
  pa_threaded_mainloop_unlock (sound->loop);
  pa_proplist_free (properties);
}

PhoneSound *
phone_sound_new (void (*changed) (gpointer user_data), gpointer user_data)
{
  PhoneSound *sound = g_new0 (PhoneSound, 1);

  sound->changed = changed;
  sound->user_data = user_data;
  sound->main = g_main_context_ref_thread_default ();
  sound->retry_ms = RETRY_MIN_MS;
  for (int i = 0; i < 2; i++)
    sound->devices[i] = phone_devices_new ();
  sound->loop = pa_threaded_mainloop_new ();
  pa_threaded_mainloop_set_name (sound->loop, "phone-sound");
  pa_threaded_mainloop_start (sound->loop);
  connect_server (sound);
  return sound;
}

void
phone_sound_free (PhoneSound *sound)
{
  if (!sound)
    return;
  lose_server (sound);
  g_clear_handle_id (&sound->retry, g_source_remove);
  pa_threaded_mainloop_stop (sound->loop);
  if (sound->delivery)
    {
      g_source_destroy (sound->delivery);
      g_clear_pointer (&sound->delivery, g_source_unref);
    }
  pa_threaded_mainloop_free (sound->loop);
  snapshot_free (sound->gathered);
  for (int i = 0; i < 2; i++)
    g_ptr_array_unref (sound->devices[i]);
  g_main_context_unref (sound->main);
  g_free (sound);
}

gboolean
phone_sound_is_up (PhoneSound *sound)
{
  return sound->up;
}

gboolean
phone_sound_is_settled (PhoneSound *sound)
{
  return sound->settled;
}

GPtrArray *
phone_sound_get_devices (PhoneSound *sound, PhoneDeviceKind kind)
{
  return sound->devices[kind];
}

pa_threaded_mainloop *
phone_sound_get_loop (PhoneSound *sound)
{
  return sound->loop;
}

pa_context *
phone_sound_get_context (PhoneSound *sound)
{
  return sound->up ? sound->context : NULL;
}
