/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everybody and everything of the definitions that can be found by name or number: one text of all
 * names, looked through from its beginning for every question. Immutable once made; any thread. */
#pragma once

#include "model/definitions.h"

G_BEGIN_DECLS

/* In the order in which equals are named. */
typedef enum
{
  DIRECTORY_AGENT,
  DIRECTORY_QUEUE,
  DIRECTORY_TEAM,
  DIRECTORY_SKILL,
  DIRECTORY_ENTRY_POINT,
  DIRECTORY_SPEED_DIAL,
  DIRECTORY_CONTACT,
} DirectoryKind;
#define DIRECTORY_N_KINDS (DIRECTORY_CONTACT + 1)
extern const char *const directory_kind_names[];

typedef struct
{
  DirectoryKind kind;
  const char *id;
  gconstpointer noun; /* ModelAgent, ModelQueue, … */
} DirectoryEntry;

typedef struct _DirectoryIndex DirectoryIndex;

/* A question. */
typedef struct
{
  const char *text; /* as typed; empty: all */
  guint kinds;      /* 1 << DirectoryKind, 0 = all */
  /* What the asker may find, or NULL: all. */
  gboolean (*visible) (const DirectoryEntry *entry, gpointer user_data);
  gpointer user_data;
  const GArray *favourites, *recent; /* of guint: places of those that are named first, or NULL */
} DirectoryQuestion;

DirectoryIndex *directory_index_new (ModelDefinitions *definitions);
DirectoryIndex *directory_index_ref (DirectoryIndex *self);
void directory_index_unref (DirectoryIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DirectoryIndex, directory_index_unref)

ModelDefinitions *directory_index_definitions (const DirectoryIndex *self);
guint directory_index_length (const DirectoryIndex *self);
const DirectoryEntry *directory_index_entry (const DirectoryIndex *self, guint place);
/* FALSE: there is none. */
gboolean directory_index_place (const DirectoryIndex *self,
                                DirectoryKind kind,
                                const char *id,
                                guint *place);

/* Element type guint, the places of all that fit, the best first: favourites, recent ones, the
 * rest; of each what is called so, begins so, has a word that begins so, has it anywhere. */
GArray *directory_index_find (const DirectoryIndex *self, const DirectoryQuestion *question);
/* Whether a name or number outside of the index fits the text. */
gboolean directory_text_fits (const char *text, const char *name, const char *number);

gboolean directory_kind_from_text (const char *text, DirectoryKind *kind);

G_END_DECLS
