/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the saved records. Read-only data. */
#include "acd/saved.h"

#include "acd/party.h"

#define WORD(Type, member)                                                                         \
  {                                                                                                \
#member, MODEL_FIELD_INTERNED, G_STRUCT_OFFSET(Type, member)                                   \
  }
#define ID(Type, member, kind)                                                                     \
  {                                                                                                \
#member, MODEL_FIELD_RUNTIME_ID, G_STRUCT_OFFSET(Type, member), 0, kind                        \
  }
#define LONG(Type, member, otherwise)                                                              \
  {                                                                                                \
#member, MODEL_FIELD_INT64, G_STRUCT_OFFSET(Type, member), MODEL_FIELD_OPTIONAL, G_MININT64,   \
        G_MAXINT64, otherwise                                                                      \
  }
#define NUMBER(Type, member)                                                                       \
  {                                                                                                \
#member, MODEL_FIELD_INT, G_STRUCT_OFFSET(Type, member), MODEL_FIELD_OPTIONAL, G_MININT32,     \
        G_MAXINT32, 0                                                                              \
  }
#define SMALL(Type, member, n)                                                                     \
  {                                                                                                \
#member, MODEL_FIELD_INT, G_STRUCT_OFFSET(Type, member), MODEL_FIELD_OPTIONAL, 0, (n) -1, 0    \
  }
#define SWITCH(Type, member)                                                                       \
  {                                                                                                \
#member, MODEL_FIELD_BOOL, G_STRUCT_OFFSET(Type, member), MODEL_FIELD_OPTIONAL                 \
  }
#define ENUM(Type, member, names)                                                                  \
  {                                                                                                \
#member, MODEL_FIELD_ENUM, G_STRUCT_OFFSET(Type, member), MODEL_FIELD_OPTIONAL, .extra = names \
  }
#define LIST(Type, member, noun)                                                                   \
  {                                                                                                \
#member, MODEL_FIELD_OBJECTS, G_STRUCT_OFFSET(Type, member), MODEL_FIELD_OPTIONAL,             \
        .extra = &noun                                                                             \
  }

static const ModelField queue_fields[] = {
  WORD (AcdSavedQueue, id),
  NUMBER (AcdSavedQueue, definitions),
  SWITCH (AcdSavedQueue, open),
  { NULL },
};
static const ModelNoun queue_noun = { "queue", sizeof (AcdSavedQueue), queue_fields };

static const ModelField place_fields[] = {
  WORD (AcdSavedPlace, queue),
  WORD (AcdSavedPlace, reason),
  ENUM (AcdSavedPlace, membership, model_membership_names),
  { NULL },
};
static const ModelNoun place_noun = { "place", sizeof (AcdSavedPlace), place_fields };

static const ModelField out_fields[] = {
  ENUM (AcdSavedOut, channel, model_channel_names),
  WORD (AcdSavedOut, reason),
  WORD (AcdSavedOut, by),
  LONG (AcdSavedOut, since, 0),
  { NULL },
};
static const ModelNoun out_noun = { "channel", sizeof (AcdSavedOut), out_fields };

static const ModelField exclusion_fields[] = {
  ID (AcdSavedExclusion, request, MODEL_ID_REQUEST),
  LONG (AcdSavedExclusion, until, 0),
  { NULL },
};
static const ModelNoun exclusion_noun = { "exclusion", sizeof (AcdSavedExclusion),
                                          exclusion_fields };

static const ModelField agent_fields[] = {
  WORD (AcdSavedAgent, id),
  NUMBER (AcdSavedAgent, definitions),
  ID (AcdSavedAgent, session, MODEL_ID_SESSION),
  WORD (AcdSavedAgent, reason),
  WORD (AcdSavedAgent, next_reason),
  WORD (AcdSavedAgent, team),
  LONG (AcdSavedAgent, since, 0),
  LONG (AcdSavedAgent, idle_since, 0),
  LONG (AcdSavedAgent, desk_lost_at, 0),
  LONG (AcdSavedAgent, station_lost_at, 0),
  LIST (AcdSavedAgent, places, place_noun),
  LIST (AcdSavedAgent, exclusions, exclusion_noun),
  LIST (AcdSavedAgent, out, out_noun),
  ENUM (AcdSavedAgent, state, model_agent_state_names),
  ENUM (AcdSavedAgent, next_state, model_agent_state_names),
  ENUM (AcdSavedAgent, station, model_station_names),
  SWITCH (AcdSavedAgent, station_ready),
  SWITCH (AcdSavedAgent, desk_connected),
  SWITCH (AcdSavedAgent, auto_accept),
  SWITCH (AcdSavedAgent, sign_out_pending),
  ENUM (AcdSavedAgent, forward, model_forward_names),
  ENUM (AcdSavedAgent, forward_to, model_forward_to_names),
  WORD (AcdSavedAgent, forward_target),
  { NULL },
};
static const ModelNoun agent_noun = { "agent", sizeof (AcdSavedAgent), agent_fields };

static const ModelField revision_fields[] = {
  WORD (AcdSavedRevision, variable),
  NUMBER (AcdSavedRevision, revision),
  { NULL },
};
static const ModelNoun revision_noun = { "revision", sizeof (AcdSavedRevision), revision_fields };

static const ModelField interaction_fields[] = {
  ID (AcdSavedInteraction, id, MODEL_ID_INTERACTION),
  ID (AcdSavedInteraction, leg, MODEL_ID_LEG),
  WORD (AcdSavedInteraction, entry_point),
  WORD (AcdSavedInteraction, language),
  LONG (AcdSavedInteraction, created, 0),
  LIST (AcdSavedInteraction, revisions, revision_noun),
  ENUM (AcdSavedInteraction, channel, model_channel_names),
  ENUM (AcdSavedInteraction, direction, model_direction_names),
  ENUM (AcdSavedInteraction, origin, model_origin_names),
  SWITCH (AcdSavedInteraction, customer_present),
  SWITCH (AcdSavedInteraction, answered),
  SWITCH (AcdSavedInteraction, voicemail),
  SWITCH (AcdSavedInteraction, stuck),
  ENUM (AcdSavedInteraction, status, model_status_names),
  NUMBER (AcdSavedInteraction, tags_revision),
  NUMBER (AcdSavedInteraction, sentiment_revision),
  { NULL },
};
static const ModelNoun interaction_noun = { "interaction", sizeof (AcdSavedInteraction),
                                            interaction_fields };

static const ModelField need_fields[] = {
  WORD (AcdSavedNeed, skill),
  WORD (AcdSavedNeed, team),
  NUMBER (AcdSavedNeed, level),
  LONG (AcdSavedNeed, until, G_MAXINT64),
  { NULL },
};
static const ModelNoun need_noun = { "need", sizeof (AcdSavedNeed), need_fields };

static const ModelField request_fields[] = {
  ID (AcdSavedRequest, id, MODEL_ID_REQUEST),
  ID (AcdSavedRequest, interaction, MODEL_ID_INTERACTION),
  WORD (AcdSavedRequest, queue),
  WORD (AcdSavedRequest, owner),
  WORD (AcdSavedRequest, back),
  WORD (AcdSavedRequest, giver),
  LIST (AcdSavedRequest, needs, need_noun),
  ENUM (AcdSavedRequest, kind, model_request_kind_names),
  NUMBER (AcdSavedRequest, priority),
  NUMBER (AcdSavedRequest, place),
  LONG (AcdSavedRequest, queued_at, 0),
  LONG (AcdSavedRequest, entered_at, 0),
  LONG (AcdSavedRequest, rank, 0),
  LONG (AcdSavedRequest, wait_deadline, G_MAXINT64),
  { NULL },
};
static const ModelNoun request_noun = { "request", sizeof (AcdSavedRequest), request_fields };

static const ModelField offer_fields[] = {
  ID (AcdSavedOffer, id, MODEL_ID_OFFER),
  ID (AcdSavedOffer, request, MODEL_ID_REQUEST),
  WORD (AcdSavedOffer, agent),
  LONG (AcdSavedOffer, created, 0),
  LONG (AcdSavedOffer, deadline, 0),
  SWITCH (AcdSavedOffer, ringing),
  SWITCH (AcdSavedOffer, auto_accept),
  { NULL },
};
static const ModelNoun offer_noun = { "offer", sizeof (AcdSavedOffer), offer_fields };

static const ModelField part_fields[] = {
  ID (AcdSavedPart, id, MODEL_ID_PARTICIPATION),
  ID (AcdSavedPart, leg, MODEL_ID_LEG),
  ID (AcdSavedPart, interaction, MODEL_ID_INTERACTION),
  WORD (AcdSavedPart, agent),
  WORD (AcdSavedPart, queue),
  WORD (AcdSavedPart, disposition),
  LONG (AcdSavedPart, joined, 0),
  LONG (AcdSavedPart, since, 0),
  LONG (AcdSavedPart, held_total, 0),
  LONG (AcdSavedPart, queued_at, 0),
  LONG (AcdSavedPart, deadline, 0),
  NUMBER (AcdSavedPart, priority),
  NUMBER (AcdSavedPart, disposition_revision),
  NUMBER (AcdSavedPart, note_revision),
  NUMBER (AcdSavedPart, tags_revision),
  NUMBER (AcdSavedPart, extensions),
  ENUM (AcdSavedPart, part, model_part_names),
  SMALL (AcdSavedPart, state, ACD_PART_DIALLING + 1),
  SWITCH (AcdSavedPart, disposition_automatic),
  SWITCH (AcdSavedPart, muted),
  WORD (AcdSavedPart, watched),
  ENUM (AcdSavedPart, mode, model_supervision_names),
  { NULL },
};
static const ModelNoun part_noun = { "participation", sizeof (AcdSavedPart), part_fields };

static const ModelField party_fields[] = {
  ID (AcdSavedParty, id, MODEL_ID_PARTICIPATION),
  ID (AcdSavedParty, leg, MODEL_ID_LEG),
  ID (AcdSavedParty, interaction, MODEL_ID_INTERACTION),
  WORD (AcdSavedParty, by),
  WORD (AcdSavedParty, forwarder),
  WORD (AcdSavedParty, team),
  WORD (AcdSavedParty, queue),
  LONG (AcdSavedParty, queued_at, 0),
  LONG (AcdSavedParty, joined, 0),
  LONG (AcdSavedParty, since, 0),
  LONG (AcdSavedParty, held_total, 0),
  LONG (AcdSavedParty, deadline, 0),
  NUMBER (AcdSavedParty, priority),
  ENUM (AcdSavedParty, part, model_part_names),
  SMALL (AcdSavedParty, state, ACD_PARTY_OVER),
  SWITCH (AcdSavedParty, muted),
  { NULL },
};
static const ModelNoun party_noun = { "party", sizeof (AcdSavedParty), party_fields };

static const ModelField recording_fields[] = {
  ID (AcdSavedRecording, interaction, MODEL_ID_INTERACTION),
  LONG (AcdSavedRecording, paused_at, 0),
  LONG (AcdSavedRecording, deadline, 0),
  ENUM (AcdSavedRecording, state, model_recording_names),
  { NULL },
};
static const ModelNoun recording_noun = { "recording", sizeof (AcdSavedRecording),
                                          recording_fields };

static const ModelField forwards_fields[] = {
  ID (AcdSavedForwards, interaction, MODEL_ID_INTERACTION),
  { "by", MODEL_FIELD_IDS, G_STRUCT_OFFSET (AcdSavedForwards, by), MODEL_FIELD_OPTIONAL },
  { NULL },
};
static const ModelNoun forwards_noun = { "forwards", sizeof (AcdSavedForwards), forwards_fields };

static const ModelField fields[] = {
  { "format", MODEL_FIELD_INT, G_STRUCT_OFFSET (AcdSaved, format), MODEL_FIELD_REQUIRED,
    ACD_SAVED_FORMAT, ACD_SAVED_FORMAT, 0 },
  { "node", MODEL_FIELD_INT, G_STRUCT_OFFSET (AcdSaved, node), MODEL_FIELD_REQUIRED, 0, G_MAXUINT16,
    0 },
  LONG (AcdSaved, seed, 0),
  LONG (AcdSaved, counter, 0),
  LONG (AcdSaved, now, 0),
  LIST (AcdSaved, queues, queue_noun),
  LIST (AcdSaved, agents, agent_noun),
  LIST (AcdSaved, interactions, interaction_noun),
  LIST (AcdSaved, requests, request_noun),
  LIST (AcdSaved, offers, offer_noun),
  LIST (AcdSaved, parts, part_noun),
  LIST (AcdSaved, parties, party_noun),
  LIST (AcdSaved, recordings, recording_noun),
  LIST (AcdSaved, forwards, forwards_noun),
  { NULL },
};
const ModelNoun acd_saved_noun = { "saved core", sizeof (AcdSaved), fields };
