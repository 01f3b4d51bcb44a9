/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that the room's files share: codecs, transports, directions, SRTP policies and the
 * reasons that are kept when something ends or fails. Every enum has its code as a string for
 * logs, D-Bus and JSON; nothing here is worded for people. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TEL_CODEC_NONE,
  TEL_CODEC_OPUS,
  TEL_CODEC_G722,
  TEL_CODEC_PCMU,
  TEL_CODEC_PCMA,
} TelCodec;
#define TEL_N_CODECS 5

typedef enum
{
  TEL_TRANSPORT_UDP,
  TEL_TRANSPORT_TCP,
  TEL_TRANSPORT_TLS,
} TelTransport;

/* Direction of the sound as seen from us; a bit set. */
typedef enum
{
  TEL_DIR_INACTIVE = 0,
  TEL_DIR_SEND = 1,
  TEL_DIR_RECV = 2,
  TEL_DIR_BOTH = 3,
} TelDirection;

typedef enum
{
  TEL_SRTP_OFF,      /* offers and accepts RTP/AVP only */
  TEL_SRTP_OPTIONAL, /* offers RTP/AVP, takes RTP/SAVP when it is offered */
  TEL_SRTP_REQUIRED, /* offers and accepts RTP/SAVP with a usable key only */
} TelSrtp;

typedef enum
{
  TEL_REASON_NONE,
  TEL_REASON_LOCAL_HANGUP,       /* we ended it */
  TEL_REASON_REMOTE_HANGUP,      /* BYE from the other side */
  TEL_REASON_CANCELLED,          /* we gave up before an answer */
  TEL_REASON_REMOTE_CANCELLED,   /* the caller gave up before we answered */
  TEL_REASON_ANSWERED_ELSEWHERE, /* CANCEL whose Reason says that another device answered */
  TEL_REASON_REJECTED,           /* we refused it */
  TEL_REASON_BUSY,               /* 486, 600 */
  TEL_REASON_DECLINED,           /* 603 */
  TEL_REASON_NO_ANSWER,          /* 408 or 487 after ringing */
  TEL_REASON_UNAVAILABLE,        /* 480 */
  TEL_REASON_NOT_FOUND,          /* 404, 410, 484, 604 */
  TEL_REASON_FORBIDDEN,          /* 403 */
  TEL_REASON_AUTH_FAILED,        /* 401 or 407 although we gave our password */
  TEL_REASON_NOT_ACCEPTABLE,     /* 488, 606, 415: no common codec */
  TEL_REASON_SRTP_REQUIRED,      /* encryption was required and not agreed */
  TEL_REASON_BAD_SDP,            /* a description that cannot be used */
  TEL_REASON_TIMEOUT,            /* nobody answered our request: the transaction timed out */
  TEL_REASON_UNREACHABLE,        /* the transport failed, or the name has no address */
  TEL_REASON_TLS_UNTRUSTED,      /* the certificate is not trusted, or is for another name */
  TEL_REASON_SERVER_ERROR,       /* 5xx */
  TEL_REASON_REDIRECTED,         /* 3xx, which is not followed */
  TEL_REASON_MEDIA_TIMEOUT,      /* no RTP for longer than allowed */
  TEL_REASON_MEDIA_FAILED,       /* no port, or the media graph reported an error */
  TEL_REASON_PROTOCOL,           /* any other refusal */
  TEL_REASON_SHUTDOWN,           /* the user agent was closed */
} TelReason;
#define TEL_N_REASONS (TEL_REASON_SHUTDOWN + 1)

/* Who caused an end. */
typedef enum
{
  TEL_WHO_NOBODY,
  TEL_WHO_LOCAL,
  TEL_WHO_REMOTE,
  TEL_WHO_MACHINE, /* transport, media, timer */
} TelWho;

const char *tel_codec_name (TelCodec codec);     /* "opus", "G722", "PCMU", "PCMA" as in SDP */
TelCodec tel_codec_from_name (const char *name); /* any case; TEL_CODEC_NONE when unknown */
const char *tel_transport_name (TelTransport transport); /* "udp", "tcp", "tls" */
gboolean tel_transport_from_name (const char *name, TelTransport *transport);
const char *tel_direction_name (TelDirection direction); /* "sendrecv", … as in SDP */
const char *tel_srtp_name (TelSrtp srtp);                /* "off", "optional", "required" */
gboolean tel_srtp_from_name (const char *name, TelSrtp *srtp);
const char *tel_reason_code (TelReason reason); /* "media_timeout", …: stable, for D-Bus and JSON */
const char *tel_who_name (TelWho who);

/* The reason that a final SIP status of 300 or more stands for. */
TelReason tel_reason_from_status (int status);

G_END_DECLS
