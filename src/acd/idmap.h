/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From run-time ids to what they name: open addressing in one block of memory. Owns no values.
 * Never walked to decide anything, so its order cannot matter. */
#pragma once

#include "model/ids.h"

G_BEGIN_DECLS

typedef struct
{
  ModelId id; /* 0 = free */
  gpointer value;
} AcdIdEntry;

typedef struct
{
  AcdIdEntry *entries;
  guint bits; /* the block has 1 << bits entries, and one that repeats what was looked up last */
  guint n;
} AcdIdMap;

void acd_id_map_clear (AcdIdMap *map);
void acd_id_map_insert (AcdIdMap *map, ModelId id, gpointer value);
gpointer acd_id_map_lookup (const AcdIdMap *map, ModelId id);
/* The next lookup will be of this id, which the map holds: saves the search. */
void acd_id_map_expect (AcdIdMap *map, ModelId id, gpointer value);
void acd_id_map_remove (AcdIdMap *map, ModelId id);
/* All ids in ascending order; the caller frees the array of ModelId. */
GArray *acd_id_map_ids (const AcdIdMap *map);

G_END_DECLS
