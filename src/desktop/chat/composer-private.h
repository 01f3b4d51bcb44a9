/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the composer, for its own files. */
#pragma once

#include "desktop/chat/composer.h"

#include "desktop/chat/composer-top.h"
#include "desktop/chat/file-tray.h"
#include "desktop/chat/meeting.h"
#include "desktop/chat/send-menu.h"
#include "desktop/chat/spelling.h"
#include "desktop/replies/completion.h"
#include "desktop/replies/reply-place.h"

struct _GuichetComposer
{
  GtkWidget parent_instance;

  GuichetComposerTop *top;
  GtkWidget *frame;
  GtkTextView *view;
  GtkLabel *hint;
  GtkWidget *replies;
  GtkWidget *send;
  GuichetSendMenu *then;
  GtkWidget *attach;
  GtkWidget *emoji;
  GuichetMeeting *meeting;
  GtkWidget *mode;
  GtkWidget *files;
  GuichetFileTray *tray;

  GuichetSession *session;
  GuichetInteraction *interaction;
  gulong typed_handler;
  gulong draft_handlers[3];
  gulong mode_handler;
  GuichetCompletion *completion;
  GuichetSpelling *spelling;
  GuichetReplyPlace *place;
  gboolean private;   /* what stands here is for colleagues */
  gboolean composing; /* an input method is at work: Enter is its own */
  gboolean named;     /* it says to whom it goes */
};

/* composer.c */
extern guint guichet_composer_escalated;
gboolean guichet_composer_is_blank (const char *text);
char *guichet_composer_text (GuichetComposer *self);
/* Nothing would be sent. */
gboolean guichet_composer_is_empty (GuichetComposer *self, const char *text);
void guichet_composer_show_draft (GuichetComposer *self);
/* composer-mode.c */
/* Nothing can reach the customer; colleagues can still be told something. */
gboolean guichet_composer_only_notes (GuichetInteraction *interaction);
void guichet_composer_set_private (GuichetComposer *self, gboolean private);
void guichet_composer_choose_mode (GuichetComposer *self);
void guichet_composer_on_mode (GuichetComposer *self);
/* composer-send.c */
void guichet_composer_send (GuichetComposer *self);
void guichet_composer_on_then (GuichetComposer *self, const char *then);
gboolean
guichet_composer_on_key (GuichetComposer *self, guint key, guint code, GdkModifierType modifiers);
