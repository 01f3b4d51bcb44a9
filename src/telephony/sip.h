/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where sofia-sip comes in, for the room's own files: the user agent's and the call's
 * insides and how events find their object. Not for users of the room. */
#pragma once

#include <gio/gio.h>

#define NUA_MAGIC_T  struct _TelUa
#define NUA_HMAGIC_T struct _TelTarget
#include <sofia-sip/nua.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_extra.h>
#include <sofia-sip/su_glib.h>
#include <sofia-sip/tport_tag.h>
#include <sofia-sip/nta_tport.h>

#include "telephony/account.h"
#include "telephony/call-state.h"
#include "telephony/ua.h"

G_BEGIN_DECLS

/* First member of whatever a nua handle belongs to. */
typedef struct _TelTarget TelTarget;
typedef struct
{
  nua_event_t event;
  int status;
  const char *phrase;
  nua_handle_t *handle;
  const sip_t *sip;
  tagi_t *tags;
} TelSipEvent;
struct _TelTarget
{
  void (*on_event) (TelTarget *target, const TelSipEvent *event);
};

struct _TelUa
{
  GMainContext *context;
  su_root_t *root;
  GSource *source;
  nua_t *nua;
  msg_mclass_t *mclass; /* of messages that come in */
  TelUaEvents events;
  gpointer user_data;
  char *address;
  guint ports[3]; /* by TelTransport */
  TelMediaConfig media;
  char *tls_dir;
  gboolean tls_insecure;
  guint max_calls;
  GPtrArray *calls; /* with a reference */
  GList *accounts;  /* without */
  gboolean closing, shut;
  GFunc done;
  gpointer done_data;
  GSource *deadline, *release;
};

struct _TelCall
{
  TelTarget target;
  gatomicrefcount refs;
  TelUa *ua;
  nua_handle_t *handle;
  TelCallState state;
  gboolean outgoing;
  TelCallEvents events;
  gpointer user_data, own_data;
  TelMediaConfig media_config;
  TelMediaIo io;
  TelMedia *media;
  TelSdpLocal local;
  TelSdpAgreed agreed;
  gboolean local_ready, has_agreed;
  char *remote_offer; /* of an incoming INVITE until it is answered; NULL = none came */
  gsize remote_offer_length;
  char *answer;             /* our description in 183 and 200 */
  gboolean offer_in_answer; /* the INVITE had no offer: ours goes out with the 200 */
  gboolean want_hold, hold, remote_hold, mute;
  gboolean reinviting, bye_due, acked;
  guint auth_tries;
  char *to, *from, *route, *contact, *auth_user, *auth_password;
  GHashTable *headers; /* of the INVITE that came */
  char *call_id, *remote_uri, *remote_name;
  TelCallEnd end;
  int refusal;                  /* status of our refusal */
  char *local_tag, *remote_tag; /* of its dialog, once there is one */
  char *refer_event;            /* names the transfer that goes on, or NULL */
  GSource *idle, *retry;
  TelTransport transport;
};

/* The next hop of a call's requests; nua takes it with each request, not with the handle. */
#define ROUTE_OF(call) TAG_IF ((call)->route != NULL, NUTAG_PROXY ((call)->route))

/* ua.c */
void tel_ua_forget_call (TelUa *ua, TelCall *call);
void tel_ua_forget_account (TelUa *ua, TelAccount *account);
char *tel_ua_resolve_contact (TelUa *ua, const char *user, const char *route);
TelTransport tel_ua_transport_of_uri (const char *uri);
void tel_ua_attach (TelUa *ua, GSource *source);

/* admission.c: the message class to create nua with */
msg_mclass_t *tel_admission_open (TelUa *ua);
void tel_admission_close (TelUa *ua);

/* request-line.c: parsers of a request line and of CSeq, for a message class */
issize_t tel_request_line_read (su_home_t *home, msg_header_t *header, char *text, isize_t length);
issize_t
tel_request_line_read_cseq (su_home_t *home, msg_header_t *header, char *text, isize_t length);

/* account.c: identity, password and next hop of a call; @account may be NULL */
void tel_account_fill_call (TelAccount *account, const TelCallOptions *options, TelCall *call);

/* call.c */
TelCall *tel_call_new (TelUa *ua, gboolean outgoing);
void tel_call_apply (TelCall *call, TelCallTrigger trigger);
void tel_call_set_end (TelCall *call, TelReason reason, TelWho who, int status, const char *text);
gboolean tel_call_prepare_local (TelCall *call, GError **error);
void tel_call_update_hold (TelCall *call);
void
tel_call_drop (TelCall *call); /* at the user agent's end: the handle now, the list's reference */
void tel_call_schedule_media (TelCall *call);

/* call-sip.c: the call's part of the protocol */
void tel_call_perform (TelCall *call, TelCallAction action);
gboolean tel_call_ensure_answer (TelCall *call);
TelCall *
tel_call_new_incoming (TelUa *ua, nua_handle_t *handle, const sip_t *sip, TelRequest *request);
void tel_call_on_event (TelTarget *target, const TelSipEvent *event);

/* call-offer.c: offers within a call */
void tel_call_reinvite (TelCall *call);
void tel_call_on_reinvite_response (TelCall *call, const TelSipEvent *event);
void tel_call_on_reoffer (TelCall *call, const TelSipEvent *event);
void tel_call_on_refresh (TelCall *call, const TelSipEvent *event);

/* call-refer.c: a transfer that the other side asks for */
void tel_call_on_refer (TelCall *call, const TelSipEvent *event);
void tel_call_note_tags (TelCall *call, const sip_t *sip);

/* request.c */
TelRequest *tel_request_new (TelUa *ua, nua_handle_t *handle, const sip_t *sip);
TelCall *tel_request_get_call (TelRequest *request);
void tel_request_set_call (TelRequest *request, TelCall *call);

/* digest.c: "Digest:\"realm\":user:password" for nua_authenticate, or NULL when no challenge of
 * the response is one that we can answer */
char *tel_digest_credentials (const sip_t *response, const char *user, const char *password);

/* redirect.c: a parser of Contact, for a message class */
issize_t
tel_redirect_read_contact (su_home_t *home, msg_header_t *header, char *text, isize_t length);

/* The text of a header's value as UTF-8 without quotes, or NULL. */
char *tel_sip_display_name (const char *display);
char *tel_sip_url (const url_t *url);
/* Whence a message came: numeric address (empty when unknown) and port. */
char *tel_sip_source (msg_t *msg, guint *port);
TelTransport tel_sip_transport (const sip_t *sip);

G_END_DECLS
