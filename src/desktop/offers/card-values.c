/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The variables on a card. Main thread only.
 */

#include "desktop/offers/card-values.h"

#include "client/variable.h"
#include "desktop/offers/offer-words.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

#define MAX_VARIABLES 6

static GtkWidget *
cell_new (gboolean dim)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  guichet_label_tip_when_cut (GTK_LABEL (label));
  gtk_widget_set_hexpand (label, !dim);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  if (dim)
    gtk_widget_add_css_class (label, "dim");
  return label;
}

/* A label that is there costs less than a new one. */
static void
show_cell (GtkGrid *grid, int column, int row, const char *text)
{
  GtkWidget *cell = gtk_grid_get_child_at (grid, column, row);

  if (cell == NULL)
    {
      cell = cell_new (column == 0);
      gtk_grid_attach (grid, cell, column, row, 1, 1);
    }
  gtk_label_set_text (GTK_LABEL (cell), text);
}

/* Who is asked to help knows as much as who was offered it first: beside the customer the queue and
 * the number that was called. */
static int
show_where_from (GtkGrid *grid, GuichetOffer *offer)
{
  const char *values[][2] = { { _ ("Queue"), guichet_offer_get_queue_name (offer) },
                              { _ ("Number called"), guichet_offer_get_called (offer) } };
  int row = 0;

  if (!guichet_offer_asks (offer) || guichet_offer_is_chat (offer))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (*values[i][1] != '\0')
      {
        show_cell (grid, 0, row, values[i][0]);
        show_cell (grid, 1, row, values[i][1]);
        row++;
      }
  return row;
}

static void
show_values (GtkGrid *grid, GListModel *card, int row)
{
  int last = row + MAX_VARIABLES;

  for (guint i = 0; card != NULL && i < g_list_model_get_n_items (card) && row < last; i++)
    {
      g_autoptr (GuichetVariable) one = g_list_model_get_item (card, i);

      if (guichet_variable_get_secure (one) || *guichet_variable_get_value (one) == '\0')
        continue;
      show_cell (grid, 0, row, guichet_variable_get_name (one));
      show_cell (grid, 1, row, guichet_variable_get_value (one));
      row++;
    }
  while (gtk_grid_get_child_at (grid, 0, row) != NULL)
    gtk_grid_remove_row (grid, row);
}

void
guichet_card_values_fill (GtkGrid *grid, GuichetOffer *offer)
{
  show_values (grid, guichet_offer_get_card (offer), show_where_from (grid, offer));
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  gint64 one = guichet_definition_get_on_card (*(GuichetDefinition *const *) a);
  gint64 other = guichet_definition_get_on_card (*(GuichetDefinition *const *) b);

  return one < other ? -1 : one > other;
}

static GPtrArray *
definitions_on_cards (GuichetSession *session)
{
  GListModel *all = guichet_session_get_variables (session);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetDefinition) one = g_list_model_get_item (all, i);

      if (guichet_definition_get_on_card (one) > 0)
        g_ptr_array_add (found, g_steal_pointer (&one));
    }
  g_ptr_array_sort (found, compare_places);
  return found;
}

void
guichet_card_values_fill_own (GtkGrid *grid,
                              GuichetSession *session,
                              GuichetInteraction *interaction)
{
  GListModel *values = guichet_interaction_get_variables (interaction);
  g_autoptr (GPtrArray) definitions = definitions_on_cards (session);
  g_autoptr (GListStore) card = g_list_store_new (GUICHET_TYPE_VARIABLE);

  for (guint i = 0; i < definitions->len; i++)
    for (guint j = 0; j < g_list_model_get_n_items (values); j++)
      {
        g_autoptr (GuichetVariable) one = g_list_model_get_item (values, j);

        if (g_str_equal (guichet_variable_get_id (one),
                         guichet_definition_get_id (definitions->pdata[i])))
          g_list_store_append (card, one);
      }
  show_values (grid, G_LIST_MODEL (card), 0);
}
