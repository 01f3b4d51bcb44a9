/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetPhone: the agent's softphone, another process on the session bus. It is started by D-Bus
 * when first needed, comes back by itself when it dies (account and settings are given to it
 * again), and keeps its calls when we die. Main loop.
 *
 * Properties, read-only, notifying:
 *   present b (on the bus now), registration s, registration-reason s, registration-status i,
 * problems as, microphones, speakers o (GListModel of GuichetDevice: id s, label s, is-default b),
 *   microphone, speaker, ringer s (chosen; "" follows the system), active-microphone,
 * active-speaker, active-ringer s, microphone-volume, speaker-volume, ring-volume d,
 * echo-cancellation, noise-suppression, gain-control b, test s, calls o (GListModel of GuichetCall,
 * ended ones for a minute), call o (the live one, or NULL), level-microphone, level-speaker d
 * (dBFS, while watched) Signals: "dtmf-received" (GuichetCall *call, const char *digit) All
 * _finish: FALSE and GUICHET_CLIENT_ERROR_NO_PHONE or _PHONE. */
#pragma once

#include "client/call.h"
#include "client/record.h"

#include <gio/gio.h>

#define GUICHET_TYPE_DEVICE guichet_device_get_type ()
G_DECLARE_FINAL_TYPE (GuichetDevice, guichet_device, GUICHET, DEVICE, GuichetRecord)

const char *guichet_device_get_id (GuichetDevice *self);
const char *guichet_device_get_label (GuichetDevice *self);
gboolean guichet_device_get_is_default (GuichetDevice *self);

#define GUICHET_TYPE_PHONE guichet_phone_get_type ()
G_DECLARE_FINAL_TYPE (GuichetPhone, guichet_phone, GUICHET, PHONE, GuichetRecord)

/* guichet_phone_new: connection NULL: the session bus, when guichet_phone_start is called. */
GuichetPhone *guichet_phone_new (GDBusConnection *connection);

/* guichet_phone_start: begins to watch, and starts the phone if it does not run. Once. */
void guichet_phone_start (GuichetPhone *self);

/* guichet_phone_set_settings: the keys of Configure (a{sv}, floating is sunk); given now and
 * whenever the phone comes back. */
void guichet_phone_set_settings (GuichetPhone *self, GVariant *settings);

gboolean guichet_phone_get_present (GuichetPhone *self);
const char *guichet_phone_get_registration (GuichetPhone *self);
const char *guichet_phone_get_registration_reason (GuichetPhone *self);
const char *const *guichet_phone_get_problems (GuichetPhone *self);
GListModel *guichet_phone_get_microphones (GuichetPhone *self);
GListModel *guichet_phone_get_speakers (GuichetPhone *self);
const char *guichet_phone_get_microphone (GuichetPhone *self);
const char *guichet_phone_get_speaker (GuichetPhone *self);
const char *guichet_phone_get_ringer (GuichetPhone *self);
const char *guichet_phone_get_test (GuichetPhone *self);
/* "idle", "recording", "writing", "playing"; how the last one ended: "", "recorded", "interrupted",
 * "nothing", "played", "failed". */
const char *guichet_phone_get_recorder (GuichetPhone *self);
const char *guichet_phone_get_recorder_result (GuichetPhone *self);
GListModel *guichet_phone_get_calls (GuichetPhone *self);
GuichetCall *guichet_phone_get_call (GuichetPhone *self);

/* guichet_phone_watch_levels: counted; each TRUE wants a FALSE. */
void guichet_phone_watch_levels (GuichetPhone *self, gboolean watch);

/* One finish for all of these. */
void guichet_phone_answer_async (GuichetPhone *self,
                                 GuichetCall *call,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* reason: "declined" or "busy" */
void guichet_phone_decline_async (GuichetPhone *self,
                                  GuichetCall *call,
                                  const char *reason,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void guichet_phone_hang_up_async (GuichetPhone *self,
                                  GuichetCall *call,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
void guichet_phone_set_muted_async (GuichetPhone *self,
                                    GuichetCall *call,
                                    gboolean muted,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void guichet_phone_send_dtmf_async (GuichetPhone *self,
                                    GuichetCall *call,
                                    const char *digits,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Into a new file, Opus in Ogg; from one. */
void guichet_phone_record_file_async (GuichetPhone *self,
                                      const char *path,
                                      guint seconds,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* from: ms at which it begins. */
void guichet_phone_play_file_async (GuichetPhone *self,
                                    const char *path,
                                    guint from,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void guichet_phone_recorder_stop_async (GuichetPhone *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void guichet_phone_test_record_async (GuichetPhone *self,
                                      guint seconds,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void guichet_phone_test_play_async (GuichetPhone *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* "chime", "bell", "drop", "wood", "beat": once on the ringer. FALSE: the phone is not there. */
gboolean guichet_phone_play_sound (GuichetPhone *self, const char *name);
void guichet_phone_test_ring_async (GuichetPhone *self,
                                    guint seconds,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void guichet_phone_test_stop_async (GuichetPhone *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean guichet_phone_call_finish (GuichetPhone *self, GAsyncResult *result, GError **error);
