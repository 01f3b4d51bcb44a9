/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Three faces: how the customer was. A second click takes it back. */
#define GUICHET_TYPE_SENTIMENT_VIEW (guichet_sentiment_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetSentimentView,
                      guichet_sentiment_view,
                      GUICHET,
                      SENTIMENT_VIEW,
                      GtkWidget)

/* Again whenever the interaction has changed. */
void guichet_sentiment_view_show (GuichetSentimentView *self,
                                  GuichetSession *session,
                                  GuichetInteraction *interaction);
