/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a colleague is read. Main loop. */
#include "client/colleagues.h"

#include "client/apply-fields.h"
#include "client/colleague.h"
#include "client/fields/people.h"
#include "client/fields/session.h"

/* What an event says of one, and the answer as well. */
static gboolean
change (GuichetRecord *one, const BaseJson *json, GHashTable *teams, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "presence", COLLEAGUE_PRESENCE, GUICHET_JSON_TEXT },
    { "reason", COLLEAGUE_REASON, GUICHET_JSON_TEXT },
    { "since", COLLEAGUE_SINCE, GUICHET_JSON_TIME },
  };

  return APPLY_FIELDS (one, json, fields, error);
}

static gboolean
fill (GuichetRecord *one, const BaseJson *json, GHashTable *teams, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", COLLEAGUE_ID, GUICHET_JSON_TEXT },
    { "name", COLLEAGUE_NAME, GUICHET_JSON_TEXT },
    { "team", COLLEAGUE_TEAM, GUICHET_JSON_TEXT },
  };
  const char *team;

  if (!APPLY_FIELDS (one, json, fields, error) || !change (one, json, teams, error))
    return FALSE;
  team = guichet_record_get_string (one, COLLEAGUE_TEAM);
  guichet_record_set_string (one, COLLEAGUE_TEAM_NAME, g_hash_table_lookup (teams, team));
  return TRUE;
}

GuichetWatched *
guichet_colleagues_new (GuichetSession *session, GListStore *list)
{
  static const GuichetWatchedKind kind = {
    .path = "/v1/colleagues",
    .failure = "no_colleagues",
    .revision = SESSION_COLLEAGUES_REVISION,
    .n_parts = 1,
    .parts = { { "colleagues", fill, change } },
  };

  return guichet_watched_new (session, &kind, &list);
}
