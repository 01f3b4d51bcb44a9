/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of permissions as the tests read it: of an agent's own part in a call, a line for each
 * action and situation: action, part, work, company, whether the customer is gone, code. */
#include "model/permissions.h"

#include <stdio.h>

static const char *const parts[] = { "primary", "consulted", "conferenced" };
static const char *const works[] = { "active", "held", "wrap_up" };
static const ModelPart part_of[] = { MODEL_PART_PRIMARY, MODEL_PART_CONSULTED,
                                     MODEL_PART_CONFERENCED };
static const ModelWork work_of[] = { MODEL_WORK_CONNECTED, MODEL_WORK_HELD, MODEL_WORK_WRAP_UP };

static void
print_situations (guint action, guint part, guint work)
{
  for (guint company = 0; company < MODEL_N_COMPANIES; company++)
    for (int gone = 0; gone < 2; gone++)
      {
        ModelPermissionCase situation = {
          .role = MODEL_ROLE_AGENT,
          .own = TRUE,
          .part = part_of[part],
          .work = work_of[work],
          .channel = MODEL_CHANNEL_VOICE,
          .station = MODEL_STATION_SOFTPHONE,
          .company = (ModelCompany) company,
          .customer_gone = gone != 0,
        };
        ModelPermission permission = model_permission ((ModelAction) action, &situation);
        printf ("%s %s %s %u %d %s\n", model_action_names[action], parts[part], works[work],
                company, gone,
                permission.verdict == MODEL_ALLOWED ? "allowed" : model_code (permission.reason));
      }
}

int
main (void)
{
  for (guint action = 0; action < MODEL_N_ACTIONS; action++)
    for (guint part = 0; part < G_N_ELEMENTS (parts); part++)
      for (guint work = 0; work < G_N_ELEMENTS (works); work++)
        print_situations (action, part, work);
  return 0;
}
