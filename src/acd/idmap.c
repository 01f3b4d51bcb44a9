/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map of ids: linear probing, removal by shifting back. Pure memory. */
#include "acd/idmap.h"

#include "acd/pool.h"

/* Ids that come next: two turns of four ids each, in as many lines of the cache. */
#define AHEAD 8

/* Ids come from a counter, so neighbours in time stay neighbours in memory, and no two of them want
 * the same place until the counter has gone round. */
static guint
home_of (const AcdIdMap *map, ModelId id)
{
  return (guint) id & ((1u << map->bits) - 1);
}

static guint
size_of (const AcdIdMap *map)
{
  return map->entries == NULL ? 0 : 1u << map->bits;
}

static void
put (AcdIdMap *map, ModelId id, gpointer value)
{
  guint mask = size_of (map) - 1;
  guint at = home_of (map, id);

  while (map->entries[at].id != 0)
    at = (at + 1) & mask;
  map->entries[at] = (AcdIdEntry){ id, value };
}

static void
grow (AcdIdMap *map)
{
  AcdIdEntry *old = map->entries;
  guint n_old = size_of (map);

  map->bits = old == NULL ? 8 : map->bits + 1;
  map->entries = acd_block_new ((((gsize) 1 << map->bits) + 1) * sizeof (AcdIdEntry));
  for (guint i = 0; i < n_old; i++)
    if (old[i].id != 0)
      put (map, old[i].id, old[i].value);
  acd_block_free (old);
}

void
acd_id_map_clear (AcdIdMap *map)
{
  acd_block_free (map->entries);
  *map = (AcdIdMap){ 0 };
}

void
acd_id_map_insert (AcdIdMap *map, ModelId id, gpointer value)
{
  if ((map->n + 1) * 2 > size_of (map))
    grow (map);
  put (map, id, value);
  __builtin_prefetch (&map->entries[home_of (map, id + AHEAD)], 1);
  map->entries[size_of (map)] = (AcdIdEntry){ id, value };
  map->n++;
}

static AcdIdEntry *
find (const AcdIdMap *map, ModelId id)
{
  guint mask = size_of (map) - 1;

  if (map->entries == NULL || id == 0)
    return NULL;
  for (guint at = home_of (map, id); map->entries[at].id != 0; at = (at + 1) & mask)
    if (map->entries[at].id == id)
      return &map->entries[at];
  return NULL;
}

gpointer
acd_id_map_lookup (const AcdIdMap *map, ModelId id)
{
  AcdIdEntry *recent = map->entries != NULL ? &map->entries[size_of (map)] : NULL;
  AcdIdEntry *entry;

  if (recent == NULL || id == 0)
    return NULL;
  if (recent->id == id)
    return recent->value; /* the events of one object come together */
  entry = find (map, id);
  if (entry == NULL)
    return NULL;
  *recent = *entry;
  return entry->value;
}

void
acd_id_map_expect (AcdIdMap *map, ModelId id, gpointer value)
{
  map->entries[size_of (map)] = (AcdIdEntry){ id, value };
  __builtin_prefetch (&map->entries[home_of (map, id)]); /* it is likely to be removed soon */
}

void
acd_id_map_remove (AcdIdMap *map, ModelId id)
{
  AcdIdEntry *entry = find (map, id);
  guint mask = size_of (map) - 1;
  guint hole, at;

  if (entry == NULL)
    return;
  if (map->entries[size_of (map)].id == id)
    map->entries[size_of (map)] = (AcdIdEntry){ 0 };
  hole = (guint) (entry - map->entries);
  for (at = (hole + 1) & mask; map->entries[at].id != 0; at = (at + 1) & mask)
    {
      guint home = home_of (map, map->entries[at].id);
      if (((at - home) & mask) < ((at - hole) & mask))
        continue;
      map->entries[hole] = map->entries[at];
      hole = at;
    }
  map->entries[hole] = (AcdIdEntry){ 0 };
  map->n--;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  ModelId x = *(const ModelId *) a, y = *(const ModelId *) b;

  return x < y ? -1 : x > y;
}

GArray *
acd_id_map_ids (const AcdIdMap *map)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (ModelId), map->n);

  for (guint i = 0; i < size_of (map); i++)
    if (map->entries[i].id != 0)
      g_array_append_val (ids, map->entries[i].id);
  g_array_sort (ids, compare_ids);
  return ids;
}
