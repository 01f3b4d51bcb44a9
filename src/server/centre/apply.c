/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New definitions as one command; what they make impossible then ends, and queues open by their
 * hours, at once. Centre's thread. */
#include "server/centre/apply.h"

#include "server/centre/forwarding.h"

void
centre_apply (Centre *centre,
              ModelDefinitions *definitions,
              CentreDoneFunc done,
              gpointer user_data)
{
  AcdCommand command = { .type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = definitions };

  definitions->version = centre_seq (centre) + 1;
  centre_command (centre, &command, NULL, NULL, done, user_data);
  forwarding_settle (centre);
  centre_check_hours (centre);
}
