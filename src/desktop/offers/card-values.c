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

void
guichet_card_values_fill (GtkGrid *grid, GuichetOffer *offer)
{
  GListModel *card = guichet_offer_get_card (offer);
  int row = show_where_from (grid, offer);
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
