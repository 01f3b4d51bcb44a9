/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of the closed sets of words. Pure functions. */
#include "model/words.h"

#include "model/fields.h"

#define WORDS(Type, name, ...)                                                                     \
  const char *const model_##name##_names[] = { __VA_ARGS__, NULL };                                \
  const char *model_##name##_to_text (Type value)                                                  \
  {                                                                                                \
    g_return_val_if_fail ((gsize) value + 1 < G_N_ELEMENTS (model_##name##_names), NULL);          \
    return model_##name##_names[value];                                                            \
  }                                                                                                \
  gboolean model_##name##_from_text (const char *text, Type *value)                                \
  {                                                                                                \
    int found = model_enum_from_text (model_##name##_names, text);                                 \
    if (found < 0)                                                                                 \
      return FALSE;                                                                                \
    *value = (Type) found;                                                                         \
    return TRUE;                                                                                   \
  }

/* clang-format off */
WORDS (ModelChannel, channel, "voice", "webchat", "sms", "facebook", "instagram", "email", "im")
WORDS (ModelDirection, direction, "in", "out", "internal")
WORDS (ModelOrigin, origin, "queue", "direct", "callback", "campaign", "transfer", "consult")
WORDS (ModelRequestKind, request_kind, "new", "transfer", "consult", "conference", "callback", "preview", "personal", "parked")
WORDS (ModelRole, role, "agent", "supervisor")
WORDS (ModelPart, part, "primary", "consulted", "conferenced", "supervising")
WORDS (ModelAgentState, agent_state, "offline", "idle", "available")
WORDS (ModelMembership, membership, "out", "ready", "paused")
WORDS (ModelPresence, presence, "ready", "busy", "on_break", "signed_out")
WORDS (ModelStation, station, "softphone", "desk_phone", "outside_number")
WORDS (ModelSelection, selection, "longest_idle", "most_skilled")
WORDS (ModelAutoAccept, auto_accept, "off", "on", "agent")
WORDS (ModelClips, clips, "all", "supervisors", "none")
WORDS (ModelHistory, history, "queues", "all", "own")
WORDS (ModelCardData, card_data, "mask", "block", "keep")
WORDS (ModelDirectoryAgents, directory_agents, "everyone", "team")
WORDS (ModelOverflowAction, overflow_action, "wait", "queue", "reject", "voicemail",
       "team")
WORDS (ModelVariableType, variable_type, "text", "number", "date", "datetime", "choice")
WORDS (ModelForward, forward, "off", "always", "busy", "no_answer", "signed_out", "not_taken")
WORDS (ModelForwardTo, forward_to, "none", "agent", "queue", "number", "voicemail")
WORDS (ModelForwarding, forwarding, "all", "inside", "none")
WORDS (ModelOutcome, outcome, "none", "accepted", "declined", "missed", "withdrawn", "answered",
       "abandoned", "abandoned_ringing", "timed_out", "moved", "rejected", "failed",
       "not_reached", "voicemail")
WORDS (ModelStatus, status, "open", "pending", "escalated")
WORDS (ModelSupervision, supervision, "none", "listen", "whisper", "barge", "take_over")
WORDS (ModelSentiment, sentiment, "none", "positive", "neutral", "negative")
/* clang-format on */

gboolean
model_channel_is_live (ModelChannel channel)
{
  return channel == MODEL_CHANNEL_VOICE || channel == MODEL_CHANNEL_WEBCHAT;
}
