/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls are parked and fetched on a random day. */
#include "simulation/day.h"

/* Whatever somebody has in hand; what may be parked, and when no place is free, the ledger of
 * events judges. */
void
day_park (Day *day)
{
  LedgerPart *part = day_any (day, day->ledger->parts);

  if (part != NULL)
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_PARK,
                                  .participation = part->id,
                                  .agent = part->agent->id });
}

/* Any agent fetches what waits, mostly a parked call. */
void
day_fetch (Day *day)
{
  const LedgerRequest *request = day_any (day, day->ledger->requests);
  const LedgerAgent *agent = day_any (day, day->ledger->agents);
  gboolean may;

  for (guint i = 0; i < day->ledger->requests->len && dice_chance (&day->dice, 90); i++)
    if (ledger_parked (day->ledger->requests->pdata[i]))
      request = day->ledger->requests->pdata[i];
  if (request == NULL)
    return;
  may = ledger_may_fetch (day->ledger, agent, request);
  if (day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_FETCH,
                                    .agent = agent->id,
                                    .interaction = request->interaction }) != may)
    day_say_broken (day, g_strdup_printf ("%s %s fetch what is parked", agent->id,
                                          may ? "may, and cannot," : "may not, and can"));
}
