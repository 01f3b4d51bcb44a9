/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a customer goes through a call, by what is noticed on the telephone. */
#pragma once

#include "base/transition.h"

G_BEGIN_DECLS

typedef enum
{
  DEMO_CUSTOMER_DIALLING,
  DEMO_CUSTOMER_WAITING, /* the centre answered; nobody is there yet */
  DEMO_CUSTOMER_TALKING,
  DEMO_CUSTOMER_HELD,
  DEMO_CUSTOMER_LEAVING, /* hung up, the end is not confirmed */
  DEMO_CUSTOMER_GONE,
} DemoCustomerState;
#define DEMO_N_CUSTOMER_STATES (DEMO_CUSTOMER_GONE + 1)

typedef enum
{
  DEMO_NOTICED_ANSWER,   /* the centre took the call */
  DEMO_NOTICED_SOMEBODY, /* the music is over, or there was none */
  DEMO_NOTICED_MUSIC,    /* music, or the centre says that it holds */
  DEMO_NOTICED_LATE,     /* waited longer than one cares to */
  DEMO_NOTICED_DONE,     /* everything is said */
  DEMO_NOTICED_TOLD,     /* to hang up, by whoever directs the play */
  DEMO_NOTICED_END,      /* the call is over */
} DemoNoticed;
#define DEMO_N_NOTICED (DEMO_NOTICED_END + 1)

typedef enum
{
  DEMO_DO_NOTHING,
  DEMO_DO_LISTEN,
  DEMO_DO_GREET,
  DEMO_DO_HUSH,
  DEMO_DO_GO_ON,
  DEMO_DO_HANG_UP,
  DEMO_DO_REPORT,
} DemoDo;

extern const BaseMachine demo_customer_machine;

G_END_DECLS
