/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small centre in the test's own process: plays docs/protocol.md for one agent, with the odd
 * answers that a real one gives seldom. It keeps no rules: the test says what happens. Main loop.
 */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

/* Of the session that it has. */
#define FAKE_CENTRE_TOKEN "t0ken"

typedef struct _FakeCentre FakeCentre;

FakeCentre *fake_centre_new (void);
void fake_centre_free (FakeCentre *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeCentre, fake_centre_free)

const char *fake_centre_url (FakeCentre *self);

/* fake_centre_stop_listening: new connections are refused, open ones dropped; …_listen: comes back
 * on the same port. */
void fake_centre_stop_listening (FakeCentre *self);
void fake_centre_listen (FakeCentre *self);

/* fake_centre_listen_tls: from now on https with this certificate. */
void fake_centre_listen_tls (FakeCentre *self, GTlsCertificate *certificate);

/* fake_centre_drop: breaks the event stream without a word. */
void fake_centre_drop (FakeCentre *self);
void fake_centre_close (FakeCentre *self, guint code);
gboolean fake_centre_has_stream (FakeCentre *self);
guint fake_centre_count_streams (FakeCentre *self); /* since the start */
guint fake_centre_count_snapshots (FakeCentre *self);

/* fake_centre_set_heartbeat: milliseconds, 0: none. */
void fake_centre_set_heartbeat (FakeCentre *self, guint milliseconds);

/* fake_centre_event: stores an event and sends it to the stream: members is the inside of its
 * object. Kept for resume. */
void fake_centre_event (FakeCentre *self, const char *type, const char *members);
/* the same, but only for those who resume later: it is lost on the way */
void fake_centre_lose_event (FakeCentre *self, const char *type, const char *members);
/* not stored */
void fake_centre_say (FakeCentre *self, const char *text);

/* fake_centre_forget_before: cursors from before now are answered with 410. */
void fake_centre_forget_before (FakeCentre *self);

/* fake_centre_set_desk: a member of the snapshot, as JSON. "messages": of the one conversation, to
 * which what is POSTed is added, and which is given out in pages. */
void fake_centre_set_desk (FakeCentre *self, const char *member, const char *json);
void fake_centre_set_sip (FakeCentre *self, gboolean sip);
/* as JSON members after the usual ones of sip, or NULL */
void fake_centre_set_sip_more (FakeCentre *self, const char *members);

/* fake_centre_answer_next: the next request of method whose path ends with path_end gets this
 * instead of 200. drop: it is carried out, but the answer is lost. hold: answered only by
 * fake_centre_release. */
void fake_centre_answer_next (FakeCentre *self,
                              const char *method,
                              const char *path_end,
                              guint status,
                              const char *body);
void fake_centre_lose_next_answer (FakeCentre *self, const char *method, const char *path_end);
void fake_centre_hold_next (FakeCentre *self, const char *method, const char *path_end);
guint fake_centre_count_held (FakeCentre *self);
void fake_centre_release (FakeCentre *self);

/* Requests other than snapshots, oldest first: "PUT /v1/state {…}". Repeated keys are not carried
 * out again and not listed. */
guint fake_centre_count (FakeCentre *self, const char *prefix);
const char *fake_centre_last (FakeCentre *self, const char *prefix);
void fake_centre_clear (FakeCentre *self);
/* The Idempotency-Keys seen more than once. */
guint fake_centre_count_repeated (FakeCentre *self);
