/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The agent's role in each piece of work, to see it change. Main thread only.
 */

#include "desktop/desk/charge.h"

struct _GuichetCharge
{
  GObject parent_instance;

  GHashTable *helping; /* ids of interactions that somebody else leads */
};

G_DEFINE_FINAL_TYPE (GuichetCharge, guichet_charge, G_TYPE_OBJECT)

static guint taken_signal;

static void
on_changed (GuichetCharge *self, GuichetInteraction *interaction)
{
  GuichetParticipation *mine = guichet_interaction_get_mine (interaction);
  const char *phase = guichet_interaction_get_phase (interaction);
  const char *id = guichet_interaction_get_id (interaction);
  gboolean in = g_str_equal (phase, "active") || g_str_equal (phase, "held");

  if (mine == NULL || !in)
    g_hash_table_remove (self->helping, id);
  else if (!g_str_equal (guichet_participation_get_role (mine), "primary"))
    g_hash_table_add (self->helping, g_strdup (id));
  else if (g_hash_table_remove (self->helping, id))
    g_signal_emit (self, taken_signal, 0, interaction);
}

static void
guichet_charge_finalize (GObject *object)
{
  g_clear_pointer (&GUICHET_CHARGE (object)->helping, g_hash_table_unref);
  G_OBJECT_CLASS (guichet_charge_parent_class)->finalize (object);
}

static void
guichet_charge_class_init (GuichetChargeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_charge_finalize;
  taken_signal = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, GUICHET_TYPE_INTERACTION);
}

static void
guichet_charge_init (GuichetCharge *self)
{
  self->helping = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GuichetCharge *
guichet_charge_new (GuichetSession *session)
{
  GuichetCharge *self = g_object_new (GUICHET_TYPE_CHARGE, NULL);
  GListModel *work = guichet_session_get_interactions (session);

  for (guint i = 0; i < g_list_model_get_n_items (work); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (work, i);

      on_changed (self, one);
    }
  g_signal_connect_object (session, "interaction-changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}
