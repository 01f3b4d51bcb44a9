/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons that the centre's machinery gives, where the centre's own reasons do not apply. They are
 * codes: the desktop words every one of them in the agent's language. X (NAME, "text"). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MODEL_CODES(X)                                                                             \
  /* why an agent is in a state */                                                                 \
  X (SIGN_IN, "sign_in")                                                                           \
  X (RONA, "rona")                                                                                 \
  X (REFUSED, "refused")                                                                           \
  X (DEVICE_FAULT, "device_fault")                                                                 \
  X (UNREACHABLE, "unreachable")                                                                   \
  X (CHANNEL_FAILURE, "channel_failure")                                                           \
  X (DESK_LOST, "desk_lost")                                                                       \
  X (SUSPENDED, "suspended")                                                                       \
  X (RETIRED, "retired")                                                                           \
  X (AGENT_CHOICE, "agent_choice")                                                                 \
  X (SUPERVISOR, "supervisor")                                                                     \
  X (FORCED, "forced")                                                                             \
  X (FORCE_CLOSED, "force_closed")                                                                 \
  X (CUSTOMER_WROTE, "customer_wrote")                                                             \
  /* why an offer, request, participation or interaction ended */                                  \
  X (ACCEPTED, "accepted")                                                                         \
  X (NO_ANSWER, "no_answer")                                                                       \
  X (BUSY, "busy")                                                                                 \
  X (DECLINED, "declined")                                                                         \
  X (CUSTOMER_LEFT, "customer_left")                                                               \
  X (TAKEN_ELSEWHERE, "taken_elsewhere")                                                           \
  X (TAKEN_OVER, "taken_over")                                                                     \
  X (RESTART, "restart")                                                                           \
  X (STATION_LOST, "station_lost")                                                                 \
  X (AGENT_ENDED, "agent_ended")                                                                   \
  X (STATION_HUNG_UP, "station_hung_up")                                                           \
  X (STATION, "station")                                                                           \
  X (CONNECTION_LOST, "connection_lost")                                                           \
  X (ENGINE_LOST, "engine_lost")                                                                   \
  X (SECOND_CALL, "second_call")                                                                   \
  X (CLOSED, "closed")                                                                             \
  X (FULL, "full")                                                                                 \
  X (UNSTAFFED, "unstaffed")                                                                       \
  X (WAITED_TOO_LONG, "waited_too_long")                                                           \
  X (OWNER_AWAY, "owner_away")                                                                     \
  X (OVERFLOW_LOOP, "overflow_loop")                                                               \
  X (UNASSIGNED, "unassigned")                                                                     \
  X (TRANSFERRED, "transferred")                                                                   \
  X (AGENT_ABSENT, "agent_absent")                                                                 \
  X (AGENT_LEFT, "agent_left")                                                                     \
  X (CONSULT_ENDED, "consult_ended")                                                               \
  X (CONFERENCED, "conferenced")                                                                   \
  X (CONTROL_PASSED, "control_passed")                                                             \
  X (CONSULT, "consult")                                                                           \
  X (TRANSFER, "transfer")                                                                         \
  X (REMOVED, "removed")                                                                           \
  X (PARTY_LEFT, "party_left")                                                                     \
  X (SILENCE, "silence")                                                                           \
  X (TAKEN, "taken")                                                                               \
  X (PULLED, "pulled")                                                                             \
  /* why a call that an agent began reached nobody, beside busy, declined, no_answer, unreachable  \
   */                                                                                              \
  X (CANCELLED, "cancelled")                                                                       \
  X (WRONG_NUMBER, "wrong_number")                                                                 \
  X (STATION_NO_ANSWER, "station_no_answer")                                                       \
  /* how a wrap-up ended and how a disposition was set */                                          \
  X (SUBMITTED, "submitted")                                                                       \
  X (ENDED_EARLY, "ended_early")                                                                   \
  X (TIMEOUT, "timeout")                                                                           \
  X (AUTOMATIC, "automatic")                                                                       \
  X (ARRIVAL, "arrival")                                                                           \
  /* why a command is refused or an action is greyed */                                            \
  X (COLLEAGUE_AWAY, "colleague_away")                                                             \
  X (IM_ENDED, "im_ended")                                                                         \
  X (NOT_SIGNED_IN, "not_signed_in")                                                               \
  X (STATION_NOT_READY, "station_not_ready")                                                       \
  X (HELD, "held")                                                                                 \
  X (NOT_HELD, "not_held")                                                                         \
  X (NOT_CONNECTED, "not_connected")                                                               \
  X (CALL_IN_PROGRESS, "call_in_progress")                                                         \
  X (OFFER_OUTSTANDING, "offer_outstanding")                                                       \
  X (WRAP_UP, "wrap_up")                                                                           \
  X (DISPOSITION_REQUIRED, "disposition_required")                                                 \
  X (EXTENSION_USED_UP, "extension_used_up")                                                       \
  X (PAUSE_LIMIT, "pause_limit")                                                                   \
  X (NOT_YOURS, "not_yours")                                                                       \
  X (NOT_SUPERVISOR, "not_supervisor")                                                             \
  X (NOT_LED, "not_led")                                                                           \
  X (OWN_CALL, "own_call")                                                                         \
  X (TAKEN_BY_SUPERVISOR, "taken_by_supervisor")                                                   \
  X (NOT_PRIMARY, "not_primary")                                                                   \
  X (CONSULT_IN_PROGRESS, "consult_in_progress")                                                   \
  X (NOT_CONSULTING, "not_consulting")                                                             \
  X (CONSULT_HELD, "consult_held")                                                                 \
  X (WITH_CUSTOMER, "with_customer")                                                               \
  X (IN_CONFERENCE, "in_conference")                                                               \
  X (CONFERENCE_FULL, "conference_full")                                                           \
  X (LAST_AGENT, "last_agent")                                                                     \
  X (AGENT_READY, "agent_ready")                                                                   \
  X (ALREADY_IN, "already_in")                                                                     \
  X (PRIVATE_ONLY, "private_only")                                                                 \
  X (NOT_EDITABLE, "not_editable")                                                                 \
  X (SET_BY_CENTRE, "set_by_centre")                                                               \
  X (REASON_REQUIRED, "reason_required")                                                           \
  X (AT_THE_STATION, "at_the_station")                                                             \
  X (AUTO_ACCEPTED, "auto_accepted")                                                               \
  X (AGENT_BUSY, "agent_busy")                                                                     \
  X (OFFER_OVER, "offer_over")                                                                     \
  X (CUSTOMER_GONE, "customer_gone")                                                               \
  X (NOT_STUCK, "not_stuck")                                                                       \
  X (FILE_EMPTY, "file_empty")                                                                     \
  X (FILE_TYPE, "file_type")                                                                       \
  X (FILE_EXECUTABLE, "file_executable")                                                           \
  X (FILE_GONE, "file_gone")                                                                       \
  X (FILE_TOO_LARGE, "file_too_large")                                                             \
  X (FILE_BROKEN, "file_broken")                                                                   \
  X (FILE_EXPIRED, "file_expired")                                                                 \
  X (FILE_ELSEWHERE, "file_elsewhere")                                                             \
  X (FILE_UNREACHABLE, "file_unreachable")                                                         \
  X (FILES_TOO_MANY, "files_too_many")                                                             \
  X (FILES_TOO_LARGE, "files_too_large")                                                           \
  X (FORWARD_LOOP, "forward_loop")                                                                 \
  X (UNSUPPORTED_DESTINATION, "unsupported_destination")                                           \
  X (TEAM_FULL, "team_full")                                                                       \
  X (NOT_ENABLED, "not_enabled")                                                                   \
  /* why an agent cannot take what waits */                                                        \
  X (NOT_AVAILABLE, "not_available")                                                               \
  X (NOT_IN_QUEUE, "not_in_queue")                                                                 \
  X (NO_ROOM, "no_room")                                                                           \
  X (OFFERED_ELSEWHERE, "offered_elsewhere")                                                       \
  X (NOBODY_WAITS, "nobody_waits")                                                                 \
  X (TOO_LATE, "too_late")                                                                         \
  /* why an agent cannot call */                                                                   \
  X (NO_QUEUE_TO_CALL_FOR, "no_queue_to_call_for")                                                 \
  X (NO_NUMBER, "no_number")                                                                       \
  /* why a message cannot be written, or was not sent */                                           \
  X (CARD_DATA, "card_data")                                                                       \
  X (OPTED_OUT, "opted_out")                                                                       \
  X (WINDOW_CLOSED, "window_closed")                                                               \
  X (OUTCOME_UNKNOWN, "outcome_unknown")                                                           \
  X (CHANNEL_UNREACHABLE, "channel_unreachable")                                                   \
  X (CHANNEL_REFUSED, "channel_refused")                                                           \
  X (WRONG_ADDRESS, "wrong_address")                                                               \
  X (UNDELIVERABLE, "undeliverable")                                                               \
  X (CONTENT_REFUSED, "content_refused")                                                           \
  /* parked calls */                                                                               \
  X (PARKED, "parked")                                                                             \
  X (PARKED_TOO_LONG, "parked_too_long")                                                           \
  X (NO_PLACE, "no_place")                                                                         \
  X (NOBODY_PARKED, "nobody_parked")

typedef enum
{
#define MODEL_CODE_ENUM(NAME, text) MODEL_CODE_##NAME,
  MODEL_CODES (MODEL_CODE_ENUM)
#undef MODEL_CODE_ENUM
      MODEL_N_CODES
} ModelCode;

/* The text of a code, interned: it may be compared by pointer with reasons in events. */
const char *model_code (ModelCode code);
/* Whether the text is one of these codes (and so not a reason of the centre). */
gboolean model_code_is (const char *text, ModelCode *code);

G_END_DECLS
