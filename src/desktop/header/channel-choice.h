/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* For which of the agent's channels a state is chosen: all, or one. Hidden where there is but one.
 * Emits "changed". */
#define GUICHET_TYPE_CHANNEL_CHOICE (guichet_channel_choice_get_type ())
G_DECLARE_FINAL_TYPE (GuichetChannelChoice,
                      guichet_channel_choice,
                      GUICHET,
                      CHANNEL_CHOICE,
                      GtkWidget)

/* channels of GuichetChannelState, or NULL. */
void guichet_channel_choice_show (GuichetChannelChoice *self, GListModel *channels);
/* NULL: all of them. */
const char *guichet_channel_choice_get (GuichetChannelChoice *self);
/* All of them again. */
void guichet_channel_choice_reset (GuichetChannelChoice *self);
