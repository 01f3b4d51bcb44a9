/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a queue is open: the hours of its week, and the centre's holidays, by the clock of the
 * centre's time zone. A day has the hours that its clocks show: what lies in the hour that summer
 * time skips does not come that day, and what lies in the hour that comes twice is open twice. */
#pragma once

#include "model/fields.h"

G_BEGIN_DECLS

/* Open from one time of the day until another, on these days (1 = Monday ... 7 = Sunday). */
typedef struct
{
  char **days; /* "mon" ... "sun" */
  char *from;  /* "08:00" */
  char *until; /* "18:30", "24:00" */
} ModelHours;

/* A day that has other hours than its day of the week: those of its own, or none. */
typedef struct
{
  char *date;  /* "2026-12-24", or "12-25" in every year */
  char *from;  /* NULL: closed */
  char *until; /* NULL: closed */
} ModelHoliday;

extern const ModelNoun model_hours_noun;
extern const ModelNoun model_holiday_noun;

gboolean model_hours_valid (const ModelHours *hours);
gboolean model_holiday_valid (const ModelHoliday *holiday);

/* NULL: no such zone. */
GTimeZone *model_hours_zone (const char *name);

/* Whether @hours (ModelHours; none: always) are open at @now, UTC in milliseconds; @holidays
 * (ModelHoliday) or NULL. */
gboolean model_hours_open (GPtrArray *hours, GPtrArray *holidays, GTimeZone *zone, gint64 now);

G_END_DECLS
