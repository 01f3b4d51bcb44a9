/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The variables on a card. Main thread only.
 */

#include "desktop/offers/card-values.h"

#include "client/variable.h"
#include "desktop/widgets/util.h"

#define MAX_VARIABLES 6

static GtkWidget *
cell_new (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  guichet_label_tip_when_cut (GTK_LABEL (label));
  gtk_widget_set_hexpand (label, !dim);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  if (dim)
    gtk_widget_add_css_class (label, "dim");
  return label;
}

void
guichet_card_values_fill (GtkGrid *grid, GuichetOffer *offer)
{
  GListModel *card = guichet_offer_get_card (offer);
  int row = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
  for (guint i = 0; card != NULL && i < g_list_model_get_n_items (card) && row < MAX_VARIABLES; i++)
    {
      g_autoptr (GuichetVariable) one = g_list_model_get_item (card, i);

      if (guichet_variable_get_secure (one))
        continue;
      gtk_grid_attach (grid, cell_new (guichet_variable_get_name (one), TRUE), 0, row, 1, 1);
      gtk_grid_attach (grid, cell_new (guichet_variable_get_value (one), FALSE), 1, row, 1, 1);
      row++;
    }
}
