/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the customer was, as the agents of an interaction see it. Main thread only.
 */

#include "desktop/desk/sentiment-view.h"

#include "desktop/desk/allowed.h"
#include "desktop/desk/saved-mark.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define N_FACES 3

static const struct
{
  const char *sentiment, *icon;
} faces[N_FACES] = {
  { "positive", "face-smile-symbolic" },
  { "neutral", "face-plain-symbolic" },
  { "negative", "face-sad-symbolic" },
};

struct _GuichetSentimentView
{
  GtkWidget parent_instance;

  GtkWidget *faces[N_FACES];
  GuichetSavedMark *mark;
  GuichetSession *session;
  GuichetInteraction *interaction;
  gboolean showing; /* what is set is not chosen */
};

G_DEFINE_FINAL_TYPE (GuichetSentimentView, guichet_sentiment_view, GTK_TYPE_WIDGET)

static void
on_toggled (GuichetSentimentView *self, GtkToggleButton *face)
{
  const char *sentiment = g_object_get_data (G_OBJECT (face), "sentiment");

  if (!self->showing && self->interaction != NULL)
    guichet_session_type_sentiment (self->session, self->interaction,
                                    gtk_toggle_button_get_active (face) ? sentiment : "");
}

/* As the other marks: refused, on its way, kept here, at the centre. */
static void
show_mark (GuichetSentimentView *self, GuichetParticipation *mine)
{
  g_autofree char *problem = NULL;
  g_autofree char *words = NULL;
  gboolean saving = FALSE;
  GuichetSavedState state = GUICHET_SAVED_NOTHING;

  g_object_get (mine, "sentiment-saving", &saving, "sentiment-problem", &problem, NULL);
  if (problem != NULL && *problem != '\0' && !g_str_equal (problem, "conflict"))
    {
      words = guichet_words (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, problem);
      state = GUICHET_SAVED_REFUSED;
    }
  else if (saving)
    state = guichet_session_get_link_up (self->session) ? GUICHET_SAVED_ON_THE_WAY
                                                        : GUICHET_SAVED_KEPT_HERE;
  guichet_saved_mark_show (self->mark, state, words);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), state != GUICHET_SAVED_NOTHING);
}

void
guichet_sentiment_view_show (GuichetSentimentView *self,
                             GuichetSession *session,
                             GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  const char *reason = NULL;

  g_set_object (&self->session, session);
  g_set_object (&self->interaction, interaction);
  if (mine == NULL)
    return;
  guichet_allowed (session, interaction, MODEL_ACTION_TAGS, &reason);
  self->showing = TRUE;
  for (guint i = 0; i < N_FACES; i++)
    {
      gtk_toggle_button_set_active (
          GTK_TOGGLE_BUTTON (self->faces[i]),
          g_str_equal (guichet_participation_get_sentiment (mine), faces[i].sentiment));
      guichet_accessible_grey (self->faces[i], reason,
                               guichet_words_sentiment (faces[i].sentiment));
    }
  self->showing = FALSE;
  show_mark (self, mine);
}

static void
guichet_sentiment_view_dispose (GObject *object)
{
  GuichetSentimentView *self = GUICHET_SENTIMENT_VIEW (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->interaction);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_sentiment_view_parent_class)->dispose (object);
}

static void
guichet_sentiment_view_class_init (GuichetSentimentViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_sentiment_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
guichet_sentiment_view_init (GuichetSentimentView *self)
{
  self->mark = g_object_new (GUICHET_TYPE_SAVED_MARK, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), "saved-mark");
  guichet_saved_mark_set_subject (self->mark, _ ("Mood of the customer"));
  gtk_widget_set_parent (GTK_WIDGET (self->mark), GTK_WIDGET (self));
  guichet_accessible_name (GTK_WIDGET (self), _ ("Mood of the customer"));
  for (guint i = 0; i < N_FACES; i++)
    {
      GtkWidget *face = gtk_toggle_button_new ();

      gtk_button_set_icon_name (GTK_BUTTON (face), faces[i].icon);
      gtk_widget_add_css_class (face, "flat");
      g_object_set_data (G_OBJECT (face), "sentiment", (gpointer) faces[i].sentiment);
      guichet_accessible_name (face, guichet_words_sentiment (faces[i].sentiment));
      g_signal_connect_swapped (face, "toggled", G_CALLBACK (on_toggled), self);
      gtk_widget_set_parent (face, GTK_WIDGET (self));
      self->faces[i] = face;
    }
}
