/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small centre and a core to drive in tests: commands in one line each, events looked up by type.
 */
#pragma once

#include "acd/core.h"
#include "acd/view.h"

G_BEGIN_DECLS

typedef struct
{
  AcdCore *core;
  gint64 now;
  GPtrArray *events; /* of the last command */
  GString *journal;  /* all events, a line each */
  GPtrArray *all;    /* all events */
  ModelId last_session;
} World;

#define WORLD_START G_GINT64_CONSTANT (1772355600000) /* 2026-03-01T09:00:00Z */

ModelDefinitions *world_definitions (const char *json);
/* With the definitions in this JSON, single quotes standing for double ones. */
World *world_new (const char *json);
void world_free (World *world);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

gboolean world_do (World *world, const AcdCommand *command, GError **error);
/* Expects success. */
void world_must (World *world, const AcdCommand *command);
/* Expects refusal with this message. */
void world_refused (World *world, const AcdCommand *command, AcdError code, const char *message);
void world_advance (World *world, double seconds);

/* Of the last command: the nth event of a type, NULL if there is none. */
const ModelEvent *world_event (const World *world, ModelEventType type, guint nth);
guint world_count (const World *world, ModelEventType type);

/* Signed in, desk and station there, available. */
void world_ready (World *world, const char *agent);
ModelId world_arrive (World *world, const char *entry_point);
/* The offer that this agent has, 0 without. */
ModelId world_offer_of (const World *world, const char *agent);
void world_accept (World *world, const char *agent);
AcdAgentView world_agent (const World *world, const char *agent);

/* Two agents, a supervisor, a queue of each kind of interest. */
extern const char world_centre[];

#define DO(...) (&(AcdCommand){ __VA_ARGS__ })

#define STATE(who, ...) DO (.type = ACD_COMMAND_SET_STATE, .agent = who, __VA_ARGS__)
#define WORK(command, who, what)                                                                   \
  DO (.type = ACD_COMMAND_##command, .agent = who, .interaction = what)

G_END_DECLS
