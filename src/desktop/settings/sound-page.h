/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/phone.h"

#include <gtk/gtk.h>

/* Microphone, speaker and ringer with live level, and recording and hearing oneself: on first run a
 * page of its own, later in the settings. The choice goes to the settings, and from there to the
 * phone. */
#define GUICHET_TYPE_SOUND_PAGE (guichet_sound_page_get_type ())
G_DECLARE_FINAL_TYPE (GuichetSoundPage, guichet_sound_page, GUICHET, SOUND_PAGE, GtkWidget)

GtkWidget *guichet_sound_page_new (GuichetPhone *phone, GSettings *settings);
