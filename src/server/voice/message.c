/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages between centre and voice engine: making, counting, checking and naming them.
 * A message is written by whoever made it until it is handed over, and only read afterwards. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/message.h"

#include <string.h>

typedef enum
{
  NEEDS_LEG = 1 << 0,
  NEEDS_BRIDGE = 1 << 1,
  NEEDS_AGENT = 1 << 2,
  NEEDS_SECRET = 1 << 3,
  NEEDS_TARGET = 1 << 4,
  NEEDS_PLACE = 1 << 5, /* a leg or a bridge */
  NEEDS_MEDIA = 1 << 6,
  NEEDS_PLAY = 1 << 7,
  NEEDS_DIGITS = 1 << 8,
  NEEDS_PATH = 1 << 9,
  NEEDS_RECORD = 1 << 10,
  NEEDS_OTHER = 1 << 11,
  NEEDS_STATUS = 1 << 12,
} Needs;

static const struct
{
  const char *name;
  unsigned int needs;
} request_kinds[VOICE_N_REQUESTS] = {
  [VOICE_REQUEST_STATION_SET] = { "station.set", NEEDS_AGENT | NEEDS_SECRET },
  [VOICE_REQUEST_STATION_REMOVE] = { "station.remove", NEEDS_AGENT },
  [VOICE_REQUEST_ORIGINATE] = { "originate", NEEDS_LEG | NEEDS_TARGET },
  [VOICE_REQUEST_RING] = { "ring", NEEDS_LEG },
  [VOICE_REQUEST_PROGRESS] = { "progress", NEEDS_LEG },
  [VOICE_REQUEST_ANSWER] = { "answer", NEEDS_LEG },
  [VOICE_REQUEST_HANGUP] = { "hangup", NEEDS_LEG },
  [VOICE_REQUEST_BRIDGE_CREATE] = { "bridge.create", NEEDS_BRIDGE },
  [VOICE_REQUEST_BRIDGE_DESTROY] = { "bridge.destroy", NEEDS_BRIDGE },
  [VOICE_REQUEST_BRIDGE_ADD] = { "bridge.add", NEEDS_BRIDGE | NEEDS_LEG },
  [VOICE_REQUEST_BRIDGE_REMOVE] = { "bridge.remove", NEEDS_BRIDGE | NEEDS_LEG },
  [VOICE_REQUEST_MUSIC_START] = { "music.start", NEEDS_LEG },
  [VOICE_REQUEST_MUSIC_STOP] = { "music.stop", NEEDS_LEG },
  [VOICE_REQUEST_PLAY] = { "play", NEEDS_PLACE | NEEDS_MEDIA },
  [VOICE_REQUEST_PLAY_STOP] = { "play.stop", NEEDS_PLAY },
  [VOICE_REQUEST_DTMF] = { "dtmf", NEEDS_LEG | NEEDS_DIGITS },
  [VOICE_REQUEST_LIST] = { "list", 0 },
  [VOICE_REQUEST_MUTE] = { "mute", NEEDS_LEG },
  [VOICE_REQUEST_UNMUTE] = { "unmute", NEEDS_LEG },
  [VOICE_REQUEST_RECORD] = { "record", NEEDS_LEG | NEEDS_PATH },
  [VOICE_REQUEST_RECORD_PAUSE] = { "record.pause", NEEDS_RECORD },
  [VOICE_REQUEST_RECORD_RESUME] = { "record.resume", NEEDS_RECORD },
  [VOICE_REQUEST_RECORD_STOP] = { "record.stop", NEEDS_RECORD },
  [VOICE_REQUEST_SNOOP] = { "snoop", NEEDS_LEG | NEEDS_OTHER },
  [VOICE_REQUEST_SNOOP_STOP] = { "snoop.stop", NEEDS_LEG },
  [VOICE_REQUEST_TRANSFER_REPORT] = { "transfer.report", NEEDS_LEG | NEEDS_STATUS },
  [VOICE_REQUEST_RECORD_KEEP] = { "record.keep", NEEDS_RECORD | NEEDS_PATH },
};

static const char *const event_kinds[VOICE_N_EVENTS] = {
  [VOICE_EVENT_DONE] = "done",
  [VOICE_EVENT_FAILED] = "failed",
  [VOICE_EVENT_READY] = "ready",
  [VOICE_EVENT_BROKEN] = "broken",
  [VOICE_EVENT_STOPPED] = "stopped",
  [VOICE_EVENT_LEG_INCOMING] = "leg.incoming",
  [VOICE_EVENT_LEG_RINGING] = "leg.ringing",
  [VOICE_EVENT_LEG_EARLY] = "leg.early",
  [VOICE_EVENT_LEG_ANSWERED] = "leg.answered",
  [VOICE_EVENT_LEG_ENDED] = "leg.ended",
  [VOICE_EVENT_LEG_HELD] = "leg.held",
  [VOICE_EVENT_LEG_UNHELD] = "leg.unheld",
  [VOICE_EVENT_LEG_DTMF] = "leg.dtmf",
  [VOICE_EVENT_LEG_MEDIA_LOST] = "leg.media_lost",
  [VOICE_EVENT_LEG_QUALITY] = "leg.quality",
  [VOICE_EVENT_REGISTRATION_CHANGED] = "registration.changed",
  [VOICE_EVENT_LEG_TRANSFER] = "leg.transfer",
  [VOICE_EVENT_SERVICE_CHANGED] = "service.changed",
  [VOICE_EVENT_RECORD_FOUND] = "record.found",
};

/* The cause, the answer that refuses an incoming call for it, and what it does to an offer. */
static const struct
{
  const char *name;
  int sip;
  VoiceOutcome outcome;
} causes[VOICE_N_CAUSES] = {
  [VOICE_CAUSE_NORMAL] = { "normal", 480, VOICE_OUTCOME_NONE },
  [VOICE_CAUSE_CANCELLED] = { "cancelled", 480, VOICE_OUTCOME_NONE },
  [VOICE_CAUSE_BUSY] = { "busy", 486, VOICE_OUTCOME_DECLINED },
  [VOICE_CAUSE_DECLINED] = { "declined", 603, VOICE_OUTCOME_DECLINED },
  [VOICE_CAUSE_UNAVAILABLE] = { "unavailable", 480, VOICE_OUTCOME_MACHINE },
  [VOICE_CAUSE_TIMEOUT] = { "timeout", 408, VOICE_OUTCOME_MACHINE },
  [VOICE_CAUSE_NOT_ACCEPTABLE] = { "not_acceptable", 488, VOICE_OUTCOME_MACHINE },
  [VOICE_CAUSE_NOT_FOUND] = { "not_found", 404, VOICE_OUTCOME_MACHINE },
  [VOICE_CAUSE_FORBIDDEN] = { "forbidden", 403, VOICE_OUTCOME_MACHINE },
  [VOICE_CAUSE_FAULT] = { "fault", 500, VOICE_OUTCOME_MACHINE },
  [VOICE_CAUSE_MEDIA_LOST] = { "media_lost", 500, VOICE_OUTCOME_MACHINE },
  [VOICE_CAUSE_LIMIT] = { "limit", 503, VOICE_OUTCOME_MACHINE },
  [VOICE_CAUSE_STOPPED] = { "stopped", 503, VOICE_OUTCOME_MACHINE },
};

static const char *const codes[VOICE_N_CODES] = {
  [VOICE_CODE_OK] = "ok",
  [VOICE_CODE_NO_SUCH_LEG] = "no_such_leg",
  [VOICE_CODE_NO_SUCH_BRIDGE] = "no_such_bridge",
  [VOICE_CODE_NO_SUCH_TRUNK] = "no_such_trunk",
  [VOICE_CODE_NO_SUCH_MEDIA] = "no_such_media",
  [VOICE_CODE_NO_SUCH_PLAY] = "no_such_play",
  [VOICE_CODE_NO_SUCH_RECORD] = "no_such_record",
  [VOICE_CODE_EXISTS] = "exists",
  [VOICE_CODE_WRONG_STATE] = "wrong_state",
  [VOICE_CODE_NOT_REGISTERED] = "not_registered",
  [VOICE_CODE_LIMIT] = "limit",
  [VOICE_CODE_BAD_REQUEST] = "bad_request",
  [VOICE_CODE_STOPPED] = "stopped",
  [VOICE_CODE_FAULT] = "fault",
};

static const char *const registration_reasons[VOICE_N_REGISTRATION_REASONS] = {
  [VOICE_REGISTRATION_REGISTERED] = "registered",
  [VOICE_REGISTRATION_UNREGISTERED] = "unregistered",
  [VOICE_REGISTRATION_EXPIRED] = "expired",
  [VOICE_REGISTRATION_REPLACED] = "replaced",
  [VOICE_REGISTRATION_LOST] = "lost",
  [VOICE_REGISTRATION_REMOVED] = "removed",
};

VoiceRequest *
voice_request_new (VoiceRequestKind kind, const char *id)
{
  VoiceRequest *self = g_atomic_rc_box_new0 (VoiceRequest);

  self->kind = kind;
  self->id = g_strdup (id);

  return self;
}

VoiceRequest *
voice_request_ref (VoiceRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
voice_request_clear (gpointer data)
{
  VoiceRequest *self = data;

  g_free (self->id);
  g_free (self->leg);
  g_free (self->call);
  g_free (self->bridge);
  g_free (self->agent);
  g_free (self->user);
  wipe (self->ha1);
  wipe (self->password);
  g_free (self->target);
  g_free (self->trunk);
  g_free (self->offer);
  g_free (self->caller_number);
  g_free (self->caller_name);
  g_free (self->media);
  g_free (self->play);
  g_free (self->digits);
  g_free (self->path);
  g_free (self->record);
  g_free (self->other);
}

void
voice_request_unref (VoiceRequest *self)
{
  g_atomic_rc_box_release_full (self, voice_request_clear);
}

void
voice_leg_info_free (VoiceLegInfo *info)
{
  g_free (info->leg);
  g_free (info->bridge);
  g_free (info->call);
  g_free (info->agent);
  g_free (info->offer);
  g_free (info->address);
  g_free (info);
}

void
voice_bridge_info_free (VoiceBridgeInfo *info)
{
  g_free (info->bridge);
  g_strfreev (info->legs);
  g_free (info);
}

VoiceEvent *
voice_event_new (VoiceEventKind kind)
{
  VoiceEvent *self = g_atomic_rc_box_new0 (VoiceEvent);

  self->kind = kind;

  return self;
}

VoiceEvent *
voice_event_ref (VoiceEvent *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
voice_event_clear (gpointer data)
{
  VoiceEvent *self = data;

  g_free (self->request);
  g_free (self->detail);
  g_free (self->tls);
  g_free (self->leg);
  g_free (self->number);
  g_free (self->caller_number);
  g_free (self->caller_name);
  g_free (self->call_id);
  g_free (self->node);
  g_free (self->trunk);
  g_free (self->other);
  g_clear_pointer (&self->variables, g_hash_table_unref);
  g_free (self->digits);
  g_free (self->agent);
  g_clear_pointer (&self->legs, g_ptr_array_unref);
  g_clear_pointer (&self->bridges, g_ptr_array_unref);
  g_strfreev (self->registrations);
}

void
voice_event_unref (VoiceEvent *self)
{
  g_atomic_rc_box_release_full (self, voice_event_clear);
}

static gboolean
has (const char *text)
{
  return text != NULL && text[0] != '\0';
}

static const char *
check_others (const VoiceRequest *self, unsigned int needs)
{
  if ((needs & NEEDS_PATH) &&
      (!has (self->path) || self->path[0] != '/' || !g_str_has_suffix (self->path, ".opus")))
    return "an absolute path of an .opus file is needed";
  if ((needs & NEEDS_RECORD) && !has (self->record))
    return "record is missing";
  if ((needs & NEEDS_OTHER) && (!has (self->other) || g_str_equal (self->other, self->leg)))
    return "another leg is needed";
  if ((needs & NEEDS_STATUS) && (self->status < 100 || self->status > 699))
    return "no status of SIP";

  return NULL;
}

gboolean
voice_is_dialable (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= 64 &&
         strspn (text, "0123456789+*#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-_") ==
             strlen (text);
}

/* Nothing from the centre may begin a new header line. */
static gboolean
is_clean (const char *text)
{
  if (text == NULL)
    return TRUE;
  if (strlen (text) > 255 || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      return FALSE;

  return TRUE;
}

static const char *
check_target (const VoiceRequest *self)
{
  if (!is_clean (self->offer) || !is_clean (self->caller_name) || !is_clean (self->caller_number))
    return "offer or caller is malformed";
  if (self->target_kind == VOICE_TARGET_URI && !is_clean (self->target))
    return "target is malformed";
  if (self->target_kind == VOICE_TARGET_NUMBER && !voice_is_dialable (self->target))
    return "target cannot be dialled";

  return NULL;
}

const char *
voice_request_check (const VoiceRequest *self)
{
  unsigned int needs = request_kinds[self->kind].needs;

  if (!has (self->id))
    return "id is missing";
  if ((needs & NEEDS_LEG) && !has (self->leg))
    return "leg is missing";
  if ((needs & NEEDS_BRIDGE) && !has (self->bridge))
    return "bridge is missing";
  if ((needs & NEEDS_AGENT) && !has (self->agent))
    return "agent is missing";
  if ((needs & NEEDS_SECRET) && !has (self->ha1) == !has (self->password))
    return "one of ha1 and password is needed";
  if ((needs & NEEDS_TARGET) && !has (self->target))
    return "target is missing";
  if ((needs & NEEDS_TARGET) && check_target (self) != NULL)
    return check_target (self);
  if ((needs & NEEDS_PLACE) && has (self->leg) == has (self->bridge))
    return "one of leg and bridge is needed";
  if ((needs & NEEDS_MEDIA) && !has (self->media))
    return "media is missing";
  if ((needs & NEEDS_PLAY) && !has (self->play))
    return "play is missing";
  if ((needs & NEEDS_DIGITS) &&
      (!has (self->digits) || strspn (self->digits, "0123456789*#ABCD") != strlen (self->digits)))
    return "digits are missing or malformed";

  return check_others (self, needs);
}

const char *
voice_request_kind_name (VoiceRequestKind kind)
{
  return request_kinds[kind].name;
}

const char *
voice_event_kind_name (VoiceEventKind kind)
{
  return event_kinds[kind];
}

const char *
voice_cause_name (VoiceCause cause)
{
  return causes[cause].name;
}

const char *
voice_code_name (VoiceCode code)
{
  return codes[code];
}

const char *
voice_registration_reason_name (VoiceRegistrationReason reason)
{
  return registration_reasons[reason];
}

const char *
voice_leg_state_name (VoiceLegState state)
{
  static const char *const names[] = { "incoming", "dialling", "ringing", "up" };

  return names[state];
}

const char *
voice_by_name (VoiceBy by)
{
  static const char *const names[] = { "far_end", "centre", "engine" };

  return names[by];
}

int
voice_request_kind_from_name (const char *name)
{
  for (int i = 0; i < VOICE_N_REQUESTS; i++)
    if (g_strcmp0 (request_kinds[i].name, name) == 0)
      return i;

  return -1;
}

int
voice_cause_from_name (const char *name)
{
  for (int i = 0; i < VOICE_N_CAUSES; i++)
    if (g_strcmp0 (causes[i].name, name) == 0)
      return i;

  return -1;
}

VoiceCause
voice_cause_from_sip (int status)
{
  switch (status)
    {
    case 486:
    case 600:
      return VOICE_CAUSE_BUSY;
    case 603:
      return VOICE_CAUSE_DECLINED;
    case 480:
      return VOICE_CAUSE_UNAVAILABLE;
    case 408:
      return VOICE_CAUSE_TIMEOUT;
    case 415:
    case 488:
    case 606:
      return VOICE_CAUSE_NOT_ACCEPTABLE;
    case 404:
    case 410:
    case 484:
    case 604:
      return VOICE_CAUSE_NOT_FOUND;
    case 401:
    case 403:
    case 407:
      return VOICE_CAUSE_FORBIDDEN;
    case 487:
      return VOICE_CAUSE_CANCELLED;
    default:
      return VOICE_CAUSE_FAULT;
    }
}

int
voice_cause_to_sip (VoiceCause cause)
{
  return causes[cause].sip;
}

VoiceOutcome
voice_cause_outcome (VoiceCause cause)
{
  return causes[cause].outcome;
}
