/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A line of text across a view that stays until its matter is settled, with at most one button.
 * Emits "button-clicked". */
#define GUICHET_TYPE_BANNER (guichet_banner_get_type ())
G_DECLARE_FINAL_TYPE (GuichetBanner, guichet_banner, GUICHET, BANNER, GtkWidget)

typedef enum
{
  GUICHET_BANNER_INFO,
  GUICHET_BANNER_WARNING,
  GUICHET_BANNER_ERROR,
} GuichetBannerStyle;

GtkWidget *guichet_banner_new (void);

/* NULL text hides it; NULL button shows none. */
void guichet_banner_show (GuichetBanner *self,
                          GuichetBannerStyle style,
                          const char *text,
                          const char *button);
void guichet_banner_hide (GuichetBanner *self);
