/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work is stuck on a random day, and closed by force. */
#include "simulation/day.h"

/* Whatever somebody has in hand: who may is for the ledger of events to judge. */
void
day_force (Day *day)
{
  LedgerPart *part = day_any (day, day->ledger->parts);
  const LedgerAgent *agent = day_any (day, day->ledger->agents);
  LedgerInteraction *interaction = day_any (day, day->ledger->interactions);
  gboolean own = dice_chance (&day->dice, 80);

  if (interaction != NULL && dice_chance (&day->dice, 60))
    day_tell (day,
              &(AcdCommand){ .type = ACD_COMMAND_STUCK,
                             .interaction = interaction->id,
                             .reason = dice_chance (&day->dice, 80) ? "channel_failure" : NULL });
  else if (part != NULL)
    day_tell (day, &(AcdCommand){ .type = ACD_COMMAND_FORCE_CLOSE,
                                  .participation = part->id,
                                  .agent = own ? part->agent->id : agent->id,
                                  .by = dice_chance (&day->dice, 30) ? agent->id : NULL });
}
