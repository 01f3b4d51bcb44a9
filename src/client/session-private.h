/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of GuichetSession, for its files. Each of them uses only what stands before it:
 * session.c (the object, its signals), station.c (the softphone), join.c (offers and calls),
 * typing.c (the outbox), watched.c, colleagues.c, canned.c, mirror.c, chats.c, chat-write.c,
 * snapshot.c, events.c (what the centre says, into the lists), link.c (the stream, the snapshot,
 * the end), request.c, commands.c, change-station.c, questions.c, sign-in.c, assemble.c. */
#pragma once

#include "base/clock.h"
#include "client/api.h"
#include "client/apply.h"
#include "client/fields/session.h"
#include "client/notice.h"
#include "client/voicemail.h"
#include "client/outbox.h"
#include "client/phone-private.h"
#include "client/session.h"
#include "client/store.h"
#include "client/stream.h"

typedef struct _GuichetWatched GuichetWatched;
typedef struct _GuichetCanned GuichetCanned;
typedef struct _GuichetMirror GuichetMirror;
typedef struct _GuichetMirrorKind GuichetMirrorKind;
typedef struct _GuichetChats GuichetChats;
typedef struct _GuichetErased GuichetErased;

/* The lists that a session has whole, see mirror.h. */
enum
{
  GUICHET_MIRROR_NOTICES,
  GUICHET_MIRROR_CLIPS,
  GUICHET_MIRROR_VOICEMAILS,
  GUICHET_N_MIRRORS,
};
extern const GuichetMirrorKind guichet_notice_mirror;
extern const GuichetMirrorKind guichet_clip_mirror;
extern const GuichetMirrorKind guichet_voicemail_mirror;

struct _GuichetSession
{
  GuichetRecord parent_instance;
  GuichetApi *api;
  GuichetStream *stream;
  GuichetOutbox *outbox;
  GuichetStore *store; /* NULL until signed in, or where it does not work */
  GuichetPhone *phone;
  BaseClock *clock;
  GCancellable *cancellable; /* of the whole session */
  char *cache_dir;
  char *files_dir; /* the copies of files that the centre does not have yet; NULL without a store */
  GuichetContext context; /* the lists of definitions */
  GListStore *offers;
  GListStore *parked;
  GListStore *interactions;
  GListStore *recent;
  GListStore *conflicts;
  GListStore *colleague_list;
  GuichetWatched *colleagues; /* keeps that list */
  GuichetWatched *live;       /* keeps two lists of what supervisors see */
  GListStore *canned_list;
  GuichetCanned *canned; /* keeps that list */
  GuichetMirror *mirrors[GUICHET_N_MIRRORS];
  GuichetChats *chats; /* keep the messages of interactions */
  GuichetErased *erased;
  GHashTable *limits; /* name → GINT_TO_POINTER */
  GHashTable *room; /* channel → GINT_TO_POINTER of slots × 1024 + how many come by themselves */
  GHashTable *offer_of; /* offer id → interaction id */
  GHashTable *first_seen; /* offer or call id, "ring OFFER" → gint64 *, monotonic µs: for what never
                             comes */
  GTask *entering;        /* sign-in or resume under way */
  char *epoch;
  gint64 clock_offset;
  gboolean keep_token;
  gboolean wipe_at_sign_out;
  gboolean snapshot_under_way;
  gboolean phone_ready; /* last told */
  char *phone_reason;
  gboolean phone_told;
  guint resync_id;
  guint resync_attempts;
  guint join_id;
  gint64 join_at;        /* monotonic µs: when it looks again */
  guint answer_after_ms; /* how long a call rings that is answered by itself */
  guint join_grace_ms;
};

/* Its signals. */
void guichet_session_emit_offer_ended (GuichetSession *self,
                                       GuichetOffer *offer,
                                       const char *outcome,
                                       const char *reason);
void guichet_session_emit_changed (GuichetSession *self,
                                   GuichetInteraction *interaction,
                                   const char *cause);
void guichet_session_emit_line_moved (GuichetSession *self);
void guichet_session_emit_notice (GuichetSession *self, GuichetNotice *notice);
void guichet_session_emit_voicemail (GuichetSession *self, GuichetVoicemail *voicemail);
void guichet_session_emit_supervised (GuichetSession *self,
                                      const char *name,
                                      const char *what,
                                      const char *channel);
void guichet_session_emit_closed (GuichetSession *self, GuichetInteraction *interaction);
void guichet_session_emit_unsent (GuichetSession *self, const char *message, const char *text);
void guichet_session_emit_command_failed (GuichetSession *self,
                                          const char *interaction,
                                          const char *reason);

/* For tests. */
GuichetApi *guichet_session_get_api (GuichetSession *self);
void guichet_session_set_pace (GuichetSession *self,
                               guint heartbeat,
                               guint dead_after,
                               guint first_pause,
                               guint typing_pause,
                               guint join_grace);
