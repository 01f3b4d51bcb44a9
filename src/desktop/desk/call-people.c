/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Several people in a call: a line about who is asked to come, a card for each, and the buttons
 * that end a consult. Each card stays that of one person, so that nothing is pressed that another
 * one has come under. Main thread only.
 */

#include "desktop/desk/call-people.h"

#include "desktop/chat/company.h"
#include "desktop/desk/allowed.h"
#include "desktop/desk/person-card.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/capped.h"
#include "desktop/widgets/util.h"
#include "desktop/widgets/wrap-layout.h"

#include <glib/gi18n.h>

/* Of the cards, before they scroll, at 96 dpi text. */
#define CARDS_HEIGHT 204

struct _GuichetCallPeople
{
  GtkWidget parent_instance;

  GuichetBanner *banner;
  GtkWidget *scroller;
  GtkWidget *cards;
  GtkWidget *buttons;
  GtkWidget *transfer;
  GtkWidget *merge;
  GtkWidget *end_consult;

  GuichetCallControl *control;
  char *charge;   /* the interaction that has come into the agent's charge */
  char *seen;     /* the interaction of a question in vain that was read, */
  gint64 seen_at; /* and since when it is */
};

G_DEFINE_FINAL_TYPE (GuichetCallPeople, guichet_call_people, GTK_TYPE_WIDGET)

static GuichetInteraction *
interaction_of (GuichetCallPeople *self)
{
  return guichet_watch_get_interaction (guichet_call_control_get_watch (self->control));
}

static gboolean
is_in_call (GuichetInteraction *interaction)
{
  const char *phase = guichet_interaction_get_phase (interaction);

  return g_str_equal (phase, "active") || g_str_equal (phase, "held");
}

static gboolean
leads (GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);

  return mine != NULL && g_str_equal (guichet_participation_get_role (mine), "primary");
}

/* --- the line --------------------------------------------------------------------------------- */

static gboolean
is_read (GuichetCallPeople *self, GuichetInteraction *interaction)
{
  return g_strcmp0 (self->seen, guichet_interaction_get_id (interaction)) == 0 &&
         guichet_company_asked_at (interaction) <= self->seen_at;
}

/* Who is asked to come, or did not. */
static gboolean
show_asked (GuichetCallPeople *self, GuichetInteraction *interaction)
{
  gboolean asking = guichet_company_is_asking (interaction);
  gboolean transfer = g_str_equal (guichet_interaction_get_consult_kind (interaction), "transfer");
  g_autofree char *asked = guichet_company_asked (interaction);

  if (asked == NULL || !leads (interaction) || (!asking && is_read (self, interaction)))
    return FALSE;
  guichet_banner_show (self->banner, asking ? GUICHET_BANNER_INFO : GUICHET_BANNER_WARNING, asked,
                       !asking    ? _ ("Dismiss")
                       : transfer ? _ ("Take back")
                                  : _ ("Cancel the request"));
  return TRUE;
}

static void
show_line (GuichetCallPeople *self, GuichetInteraction *interaction)
{
  if (show_asked (self, interaction))
    return;
  if (g_strcmp0 (self->charge, guichet_interaction_get_id (interaction)) == 0 &&
      leads (interaction))
    guichet_banner_show (self->banner, GUICHET_BANNER_INFO,
                         _ ("You are in charge of this call now."), _ ("Dismiss"));
  else
    guichet_banner_show (
        self->banner, GUICHET_BANNER_INFO,
        guichet_call_control_is_slow (self->control) ? _ ("Asking the centre…") : NULL, NULL);
}

static void
on_line (GuichetCallPeople *self)
{
  GuichetInteraction *interaction = interaction_of (self);

  if (interaction == NULL)
    return;
  if (guichet_company_is_asking (interaction) && leads (interaction))
    {
      guichet_call_control_perform (self->control, MODEL_ACTION_END_CONSULT);
      return;
    }
  if (guichet_company_asked_at (interaction) == 0 || is_read (self, interaction))
    g_clear_pointer (&self->charge, g_free);
  g_free (self->seen);
  self->seen = g_strdup (guichet_interaction_get_id (interaction));
  self->seen_at = guichet_company_asked_at (interaction);
  show_line (self, interaction);
}

/* --- the cards -------------------------------------------------------------------------------- */

static GtkWidget *
card_of (GuichetCallPeople *self, GuichetParticipation *part)
{
  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    if (guichet_person_card_get_part (GUICHET_PERSON_CARD (card)) == part)
      return card;
  return NULL;
}

static void
drop_cards (GuichetCallPeople *self, GPtrArray *keep)
{
  GtkWidget *next;

  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL; card = next)
    {
      next = gtk_widget_get_next_sibling (card);
      if (keep == NULL ||
          !g_ptr_array_find (keep, guichet_person_card_get_part (GUICHET_PERSON_CARD (card)), NULL))
        gtk_widget_unparent (card);
    }
}

/* The customer, this agent where there are more than two, and the others. */
static GPtrArray *
persons_of (GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  g_autoptr (GPtrArray) all = guichet_company_all (interaction);
  GPtrArray *persons = g_ptr_array_new ();
  gboolean conference = guichet_company_count (interaction, "conferenced") > 0;

  if (guichet_interaction_get_customer_left_at (interaction) == 0)
    g_ptr_array_add (persons, NULL);
  for (guint i = 0; i < all->len; i++)
    if (all->pdata[i] != mine || conference)
      g_ptr_array_add (persons, all->pdata[i]); /* the interaction keeps it */
  return persons;
}

static void
show_cards (GuichetCallPeople *self, GuichetInteraction *interaction)
{
  g_autoptr (GPtrArray) persons = persons_of (interaction);
  GtkWidget *last = NULL;

  drop_cards (self, persons);
  for (guint i = 0; i < persons->len; i++)
    {
      GtkWidget *card = card_of (self, persons->pdata[i]);

      if (card == NULL)
        card = guichet_person_card_new (self->control, persons->pdata[i]);
      else
        guichet_person_card_refresh (GUICHET_PERSON_CARD (card));
      if (gtk_widget_get_parent (card) == NULL || gtk_widget_get_prev_sibling (card) != last)
        gtk_widget_insert_after (card, self->cards, last);
      last = card;
    }
}

/* --- the buttons ------------------------------------------------------------------------------ */

static void
show_button (GuichetCallPeople *self, GtkWidget *button, ModelAction action, const char *shortcut)
{
  GuichetSession *session =
      guichet_watch_get_session (guichet_call_control_get_watch (self->control));
  const char *text = gtk_button_get_label (GTK_BUTTON (button));
  g_autofree char *tip = guichet_shortcuts_tip (text, shortcut);
  const char *reason = NULL;
  ModelVerdict verdict = guichet_allowed (session, interaction_of (self), action, &reason);

  gtk_widget_set_visible (button, verdict != MODEL_HIDDEN);
  guichet_accessible_name (button, text);
  guichet_accessible_grey (button, verdict == MODEL_GREYED ? reason : NULL, tip);
}

static void
show_buttons (GuichetCallPeople *self, GuichetInteraction *interaction)
{
  g_autoptr (GuichetParticipation) consulted = guichet_company_consulted (interaction);
  gboolean asking = guichet_company_is_asking (interaction) &&
                    g_str_equal (guichet_interaction_get_consult_kind (interaction), "consult") &&
                    *guichet_interaction_get_consult_agent (interaction) != '\0';

  gtk_widget_set_visible (self->buttons, leads (interaction) && (consulted != NULL || asking));
  if (!gtk_widget_get_visible (self->buttons))
    return;
  show_button (self, self->transfer, MODEL_ACTION_TRANSFER, "win.transfer");
  show_button (self, self->merge, MODEL_ACTION_MERGE, "win.confer");
  show_button (self, self->end_consult, MODEL_ACTION_END_CONSULT, "win.end-consult");
  if (asking) /* the line has it */
    gtk_widget_set_visible (self->end_consult, FALSE);
}

static void
on_transfer (GuichetCallPeople *self)
{
  guichet_call_control_perform (self->control, MODEL_ACTION_TRANSFER);
}

static void
on_merge (GuichetCallPeople *self)
{
  guichet_call_control_perform (self->control, MODEL_ACTION_MERGE);
}

static void
on_end_consult (GuichetCallPeople *self)
{
  guichet_call_control_perform (self->control, MODEL_ACTION_END_CONSULT);
}

void
guichet_call_people_refresh (GuichetCallPeople *self)
{
  GuichetInteraction *interaction = interaction_of (self);
  g_autoptr (GPtrArray) all =
      interaction != NULL ? guichet_company_all (interaction) : g_ptr_array_new ();
  gboolean several = interaction != NULL && is_in_call (interaction) && all->len > 1;

  gtk_widget_set_visible (self->scroller, several);
  if (several)
    show_cards (self, interaction);
  else
    drop_cards (self, NULL);
  if (interaction == NULL || !is_in_call (interaction))
    {
      guichet_banner_hide (self->banner);
      gtk_widget_set_visible (self->buttons, FALSE);
      return;
    }
  show_line (self, interaction);
  show_buttons (self, interaction);
}

void
guichet_call_people_say_charge (GuichetCallPeople *self, GuichetInteraction *interaction)
{
  g_free (self->charge);
  self->charge = g_strdup (guichet_interaction_get_id (interaction));
  guichet_call_people_refresh (self);
}

void
guichet_call_people_hold (GuichetCallPeople *self)
{
  GuichetInteraction *interaction = interaction_of (self);
  g_autoptr (GuichetParticipation) consulted =
      interaction != NULL ? guichet_company_consulted (interaction) : NULL;
  GtkWidget *card = consulted != NULL ? card_of (self, consulted) : NULL;

  if (card != NULL)
    guichet_person_card_hold (GUICHET_PERSON_CARD (card));
  else
    guichet_toast (GTK_WIDGET (self), _ ("Nobody is consulted."));
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_call_people_dispose (GObject *object)
{
  GuichetCallPeople *self = GUICHET_CALL_PEOPLE (object);

  if (self->cards != NULL)
    drop_cards (self, NULL);
  self->cards = NULL;
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->control);
  g_clear_pointer (&self->charge, g_free);
  g_clear_pointer (&self->seen, g_free);
  G_OBJECT_CLASS (guichet_call_people_parent_class)->dispose (object);
}

static void
guichet_call_people_class_init (GuichetCallPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_call_people_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
button_new (GuichetCallPeople *self, const char *text, const char *style, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  gtk_widget_set_parent (button, self->buttons);
  return button;
}

static void
guichet_call_people_init (GuichetCallPeople *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->banner = GUICHET_BANNER (guichet_banner_new ());
  self->cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->cards, guichet_wrap_layout_new (TRUE));
  self->scroller = guichet_capped_new (self->cards, CARDS_HEIGHT);
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->buttons, guichet_wrap_layout_new (FALSE));
  self->transfer =
      button_new (self, _ ("Transfer now"), "suggested-action", G_CALLBACK (on_transfer));
  self->merge = button_new (self, _ ("Conference"), NULL, G_CALLBACK (on_merge));
  self->end_consult = button_new (self, _ ("End consult"), NULL, G_CALLBACK (on_end_consult));
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_parent (self->buttons, GTK_WIDGET (self));
  g_signal_connect_swapped (self->banner, "button-clicked", G_CALLBACK (on_line), self);
  guichet_accessible_name (GTK_WIDGET (self), _ ("Who is in this call"));
}

void
guichet_call_people_set_control (GuichetCallPeople *self, GuichetCallControl *control)
{
  g_set_object (&self->control, control);
  g_signal_connect_object (control, "changed", G_CALLBACK (guichet_call_people_refresh), self,
                           G_CONNECT_SWAPPED);
}
