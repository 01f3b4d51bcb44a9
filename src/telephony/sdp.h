/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offer and answer (RFC 3264) for one audio stream: what we want, what the other side said, and
 * what was agreed. Pure: no socket, no clock; keys come from the caller. */
#pragma once

#include "telephony/types.h"

G_BEGIN_DECLS

#define TEL_SDP_MAX_BYTES 8192
#define TEL_SDP_ERROR     (tel_sdp_error_quark ())
GQuark tel_sdp_error_quark (void);

typedef enum
{
  TEL_SDP_ERROR_MALFORMED,     /* not SDP, too long, or no usable audio line */
  TEL_SDP_ERROR_NO_CODEC,      /* no codec in common */
  TEL_SDP_ERROR_SRTP_REQUIRED, /* we require encryption, the other side gave none that we know */
  TEL_SDP_ERROR_SRTP_REFUSED,  /* the other side requires encryption, our policy is off */
  TEL_SDP_ERROR_REJECTED,      /* the answer refused the stream (port 0) */
} TelSdpError;

typedef enum
{
  TEL_SUITE_NONE,
  TEL_SUITE_AES_CM_128_HMAC_SHA1_80,
  TEL_SUITE_AES_CM_128_HMAC_SHA1_32,
} TelSuite;

/* One direction's SDES key: master key (16) and salt (14). */
typedef struct
{
  TelSuite suite;
  guint tag;
  guint8 key[30];
} TelSdpKey;

/* What we say of ourselves; lives as long as the call, version grows with each new description. */
typedef struct
{
  guint64 session_id;
  guint64 version;
  const char *address; /* numeric; owned by the call */
  guint port;
  TelCodec codecs[TEL_N_CODECS];
  TelSrtp srtp;
  TelSdpKey keys[2]; /* ours: [0] _80, [1] _32, with fresh random bytes */
  TelDirection direction;
  char *last; /* the last description written, to keep the version when nothing changed */
} TelSdpLocal;

/* What was agreed. Payload types are those each side listens to. */
typedef struct
{
  TelCodec codec;
  guint payload_send, payload_recv;
  int dtmf_send, dtmf_recv; /* payload types of telephone-event; -1 = none */
  guint dtmf_rate;          /* its clock; usually the codec's */
  char *remote_address;     /* numeric or a name; NULL when the other side has no media yet */
  guint remote_port, remote_rtcp_port;
  TelDirection direction;        /* of us after this negotiation */
  TelDirection remote_direction; /* as the other side said it, from its own view */
  gboolean encrypted;
  TelSdpKey send_key, recv_key;
  guint ptime;
} TelSdpAgreed;

void tel_sdp_local_init (TelSdpLocal *local,
                         const char *address,
                         guint port,
                         const TelCodec *codecs,
                         TelSrtp srtp);
void tel_sdp_local_clear (TelSdpLocal *local);
void tel_sdp_agreed_clear (TelSdpAgreed *agreed);
gboolean tel_sdp_agreed_copy (TelSdpAgreed *to, const TelSdpAgreed *from);

/* Our offer. With @current (a re-offer) payload types and codec are kept. */
char *tel_sdp_make_offer (TelSdpLocal *local, const TelSdpAgreed *current);

/* The other side's offer and our answer to it, in one step. */
gboolean tel_sdp_answer (TelSdpLocal *local,
                         const char *offer,
                         gsize length,
                         TelSdpAgreed *agreed,
                         char **answer,
                         GError **error);

/* The other side's answer to our last offer. */
gboolean tel_sdp_take_answer (TelSdpLocal *local,
                              const char *answer,
                              gsize length,
                              TelSdpAgreed *agreed,
                              GError **error);

/* The codec's RTP clock (8000 for G.722 too) and its sampling rate. */
guint tel_codec_clock (TelCodec codec);
guint tel_codec_rate (TelCodec codec);

G_END_DECLS
