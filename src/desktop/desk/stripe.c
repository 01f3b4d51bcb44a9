/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A narrow stripe in one of a few colours (style.css) for each conversation in hand. Which one
 * follows from its id; where two in hand would have the same, the second gets the next that is
 * free. It is kept as long as the conversation is. Main thread only.
 */

#include "desktop/desk/stripe.h"

#include "desktop/widgets/util.h"

#define N_COLOURS 6
#define KEY       "guichet-stripe"

static gboolean wanted = TRUE;
static GHashTable *in_hand[N_COLOURS]; /* set of interactions, not referenced */
static GList *shown;                   /* GtkWidget */

static void
on_gone (gpointer colour, GObject *interaction)
{
  g_hash_table_remove (in_hand[GPOINTER_TO_UINT (colour)], interaction);
}

/* The least used from the first one on. */
static guint
choose (guint first)
{
  guint best = first;

  for (guint i = 1; i < N_COLOURS; i++)
    {
      guint one = (first + i) % N_COLOURS;

      if (g_hash_table_size (in_hand[one]) < g_hash_table_size (in_hand[best]))
        best = one;
    }
  return best;
}

static guint
colour_of (GuichetInteraction *interaction)
{
  guint colour = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (interaction), KEY));

  if (colour > 0)
    return colour - 1;
  for (guint i = 0; i < N_COLOURS; i++)
    if (in_hand[i] == NULL)
      in_hand[i] = g_hash_table_new (NULL, NULL);
  colour = choose (g_str_hash (guichet_interaction_get_id (interaction)) % N_COLOURS);
  g_hash_table_add (in_hand[colour], interaction);
  g_object_set_data (G_OBJECT (interaction), KEY, GUINT_TO_POINTER (colour + 1));
  g_object_weak_ref (G_OBJECT (interaction), on_gone, GUINT_TO_POINTER (colour));
  return colour;
}

static void
on_stripe_gone (gpointer unused, GObject *stripe)
{
  shown = g_list_remove (shown, stripe);
}

static void
show_or_hide (GtkWidget *stripe)
{
  gtk_widget_set_visible (stripe, wanted && g_object_get_data (G_OBJECT (stripe), KEY) != NULL);
}

void
guichet_stripe_set_wanted (gboolean are_wanted)
{
  wanted = are_wanted;
  for (GList *l = shown; l != NULL; l = l->next)
    show_or_hide (l->data);
}

void
guichet_stripe_show (GtkWidget *stripe, GuichetInteraction *interaction)
{
  guint colour = interaction != NULL ? colour_of (interaction) : N_COLOURS;

  if (g_list_find (shown, stripe) == NULL)
    {
      shown = g_list_prepend (shown, stripe);
      g_object_weak_ref (G_OBJECT (stripe), on_stripe_gone, NULL);
    }
  for (guint i = 0; i < N_COLOURS; i++)
    {
      char name[] = "colour-0";

      name[sizeof name - 2] = (char) ('0' + i);
      guichet_widget_set_class (stripe, name, i == colour);
    }
  g_object_set_data (G_OBJECT (stripe), KEY, interaction != NULL ? stripe : NULL);
  show_or_hide (stripe);
}
