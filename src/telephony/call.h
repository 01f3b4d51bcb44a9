/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One call, out or in: its dialog, its state machine (call-state.c) and its media. Reference
 * counted; the user agent holds a reference until the call has ended. */
#pragma once

#include "telephony/media.h"
#include "telephony/refer.h"
#include "telephony/types.h"

G_BEGIN_DECLS

typedef struct _TelCall TelCall;
struct _TelUa;
struct _TelAccount;

typedef enum
{
  TEL_CALL_NEW,
  TEL_CALL_DIALLING,   /* out: INVITE sent */
  TEL_CALL_PROCEEDING, /* out: the other side rings (180) or is being reached */
  TEL_CALL_EARLY,      /* out: sound before the answer (183 with SDP) */
  TEL_CALL_INCOMING,   /* in: INVITE received, 100 sent */
  TEL_CALL_RINGING,    /* in: 180 sent */
  TEL_CALL_EARLY_IN,   /* in: 183 with SDP sent, sound both ways before the answer */
  TEL_CALL_ANSWERING,  /* in: 200 sent, ACK awaited */
  TEL_CALL_ACTIVE,
  TEL_CALL_CANCELLING, /* out: CANCEL sent, final response awaited */
  TEL_CALL_ENDING,     /* BYE sent */
  TEL_CALL_ENDED,
} TelCallState;
#define TEL_N_CALL_STATES (TEL_CALL_ENDED + 1)

const char *tel_call_state_name (TelCallState state);

typedef struct
{
  void (*state) (TelCall *call, TelCallState state, TelCallState old, gpointer user_data);
  /* tel_call_get_hold () or _get_remote_hold () changed. */
  void (*hold) (TelCall *call, gpointer user_data);
  void (*media) (TelCall *call, TelMediaEvent event, gpointer user_data);
  void (*dtmf) (TelCall *call, char digit, guint duration_ms, gpointer user_data);
  void (*level) (TelCall *call, double capture_db, double playback_db, gpointer user_data);
  /* The other side asks for a transfer (REFER). The answer: 202 takes it, and then it is told what
   * becomes of it; 300 and above refuses it. NULL: 603. */
  int (*transfer) (TelCall *call, const TelRefer *refer, gpointer user_data);
} TelCallEvents;

/* Why a call ended. */
typedef struct
{
  TelReason reason;
  TelWho who;
  int status; /* SIP status, 0 = none */
  char *text; /* phrase or text of the Reason header, as sent; may be NULL */
} TelCallEnd;

/* Everything that an outgoing call may bring; zero and NULL are defaults. */
typedef struct
{
  const char *to;        /* "sip:…" or "sips:…" */
  const char *from;      /* URI; default: the account's, or our contact */
  const char *from_name; /* display name, UTF-8 */
  const char
      *route; /* next hop, e.g. a contact's flow or a trunk: "sip:1.2.3.4:5060;transport=tcp" */
  const char *const *headers;  /* NULL-terminated "X-Name: value" */
  struct _TelAccount *account; /* its identity, password and next hop are used */
  const char *auth_user;       /* for a trunk without registration */
  const char *auth_password;
  const TelMediaConfig *media; /* NULL: the user agent's */
  const TelMediaIo *io;
} TelCallOptions;

TelCall *tel_call_ref (TelCall *call);
void tel_call_unref (TelCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelCall, tel_call_unref)

/* Sends the INVITE. Returns a new reference, or NULL with TEL_ERROR. */
TelCall *tel_call_dial (struct _TelUa *ua,
                        const TelCallOptions *options,
                        const TelCallEvents *events,
                        gpointer user_data,
                        GError **error);

/* For an incoming call, in the callback. Both are copied. */
void tel_call_set_events (TelCall *call, const TelCallEvents *events, gpointer user_data);
void tel_call_set_io (TelCall *call, const TelMediaIo *io);
void tel_call_set_media_config (TelCall *call, const TelMediaConfig *config);

/* What the user does. FALSE: not possible in this state; nothing was done. */
gboolean tel_call_ring (TelCall *call);               /* 180 */
gboolean tel_call_progress (TelCall *call);           /* 183 with SDP: early media */
gboolean tel_call_answer (TelCall *call);             /* 200 */
gboolean tel_call_reject (TelCall *call, int status); /* 486, 603, 480, … */
/* Ends it in any state: CANCEL, BYE or 603, whichever fits. @text goes into a Reason header
 * (NULL: none). */
gboolean tel_call_hang_up (TelCall *call, int cause, const char *text);
gboolean tel_call_set_hold (TelCall *call, gboolean hold); /* re-INVITE; effect by event */
void tel_call_set_mute (TelCall *call, gboolean mute);
gboolean tel_call_send_dtmf (TelCall *call, const char *digits, guint duration_ms);
void tel_call_set_processing (TelCall *call, const TelProcessing *processing);

/* What became of the transfer that the other side asked for, as a SIP status: below 200 it goes on,
 * from 200 on it is over. FALSE: none goes on. */
gboolean tel_call_report_transfer (TelCall *call, int status);
/* Whether this is the dialog that a Replaces names. */
gboolean tel_call_is_replaced (TelCall *call, const TelRefer *refer);

TelCallState tel_call_get_state (TelCall *call);
gboolean tel_call_is_outgoing (TelCall *call);
const char *tel_call_get_id (TelCall *call); /* Call-ID */
const char *tel_call_get_remote_uri (TelCall *call);
const char *tel_call_get_remote_name (TelCall *call); /* UTF-8 or NULL */
const char *
tel_call_get_header (TelCall *call, const char *name); /* in: an X- header of the INVITE */
gboolean tel_call_get_hold (TelCall *call);            /* we hold (agreed with the other side) */
gboolean tel_call_get_remote_hold (TelCall *call);     /* the other side holds us */
gboolean tel_call_get_mute (TelCall *call);
TelCodec tel_call_get_codec (TelCall *call);
gboolean tel_call_get_encrypted (TelCall *call);
gboolean tel_call_get_stats (TelCall *call, TelMediaStats *stats);
guint tel_call_get_rtp_port (TelCall *call);        /* ours; 0 = no media yet */
const TelCallEnd *tel_call_get_end (TelCall *call); /* valid in ENDING and ENDED */
void tel_call_set_user_data (TelCall *call, gpointer user_data);
gpointer tel_call_get_user_data (TelCall *call);

G_END_DECLS
