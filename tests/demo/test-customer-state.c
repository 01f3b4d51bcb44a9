/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every pair of state and event of a customer's call does what is written here, and no more. */
#include "demo/customer-state.h"

/* One letter an event, in their order: the next state's first letter, or '-' where refused. */
static const char *const expected[DEMO_N_CUSTOMER_STATES] = {
  [DEMO_CUSTOMER_DIALLING] = "w--l-lg", [DEMO_CUSTOMER_WAITING] = "-twl-lg",
  [DEMO_CUSTOMER_TALKING] = "--h-llg",  [DEMO_CUSTOMER_HELD] = "-t-l-lg",
  [DEMO_CUSTOMER_LEAVING] = "------g",  [DEMO_CUSTOMER_GONE] = "-------",
};

static void
test_every_pair (void)
{
  for (guint state = 0; state < DEMO_N_CUSTOMER_STATES; state++)
    for (guint event = 0; event < DEMO_N_NOTICED; event++)
      {
        guint now = state, action = DEMO_DO_NOTHING;
        gboolean moved = base_machine_apply (&demo_customer_machine, NULL, &now, event, &action);
        char got = moved ? demo_customer_machine.state_names[now][0] : '-';

        g_assert_cmpint (got, ==, expected[state][event]);
        if (!moved)
          g_assert_cmpuint (now, ==, state);
        if (now == DEMO_CUSTOMER_LEAVING && moved)
          g_assert_cmpuint (action, ==, DEMO_DO_HANG_UP);
        if (now == DEMO_CUSTOMER_GONE && moved)
          g_assert_cmpuint (action, ==, DEMO_DO_REPORT);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/customer/every-pair", test_every_pair);
  return g_test_run ();
}
