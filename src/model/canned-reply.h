/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that agents send often: named, in a category, found by its shortcut, in one language or
 * several. Public ones are the centre's, personal ones an agent's. Plain memory; any thread. */
#pragma once

#include "model/fields.h"
#include "model/names.h"
#include "model/permissions.h"

G_BEGIN_DECLS

#define MODEL_REPLY_SHORTCUT_MAX 32
#define MODEL_REPLY_CATEGORY_MAX 64
#define MODEL_REPLY_NAME_MAX     128
#define MODEL_REPLY_TEXT_MAX     4000
#define MODEL_REPLY_LANGUAGES    16
#define MODEL_REPLIES_PUBLIC     2000 /* of a centre */
#define MODEL_REPLIES_PERSONAL   500  /* of an agent */
#define MODEL_REPLIES_IMPORT     100  /* in one command */

/* The language of a text for every customer. */
#define MODEL_REPLY_ANY "und"

typedef struct
{
  char *id;
  char *shortcut; /* as typed after the slash, or NULL */
  char *category; /* or NULL */
  char *name;
  ModelNames texts; /* by language */
} ModelCannedReply;

/* With its id, as in the definitions, and without, as people send it. */
extern const ModelNoun model_canned_reply_noun;
extern const ModelNoun model_canned_reply_body_noun;

ModelCannedReply *model_canned_reply_new (void);
void model_canned_reply_free (ModelCannedReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ModelCannedReply, model_canned_reply_free)

/* Adds what the tables of fields do not say: blanks, the form of the shortcut, how many languages.
 * @path as in model_fields_read. */
void
model_canned_reply_check (const ModelCannedReply *reply, const char *path, GPtrArray *problems);
/* 1 to 32 letters, digits, _ . - in any script. */
gboolean model_reply_shortcut_valid (const char *shortcut);
gboolean model_canned_reply_equal (const ModelCannedReply *a, const ModelCannedReply *b);

/* The text for a customer of this language (or NULL): in it, else for every language, else in the
 * agent's, else English, else the first. */
const char *model_reply_text (ModelNames texts, const char *language, const char *agents_language);

/* Who may add, change or delete: an agent its own, a supervisor public ones too. */
ModelPermission model_reply_permission (ModelRole role, gboolean is_public);

G_END_DECLS
