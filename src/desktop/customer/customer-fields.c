/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fields of the form, and what the centre refused of them. Main thread only.
 */

#include "desktop/customer/customer-fields.h"

#include "desktop/customer/way-row.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GuichetCustomerFields
{
  GtkWidget parent_instance;

  GtkWidget *name;
  GtkLabel *name_problem;
  GtkWidget *rows; /* GtkBox of GuichetWayRow */
  GtkLabel *hint;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (GuichetCustomerFields, guichet_customer_fields, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GuichetWayRow *
row_at (GuichetCustomerFields *self, guint n)
{
  GtkWidget *child = gtk_widget_get_first_child (self->rows);

  for (; child != NULL && n > 0; n--)
    child = gtk_widget_get_next_sibling (child);
  return child != NULL ? GUICHET_WAY_ROW (child) : NULL;
}

static void
on_typed (GuichetCustomerFields *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_enter (GuichetCustomerFields *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
on_name (GuichetCustomerFields *self)
{
  guichet_field_set_problem (self->name, self->name_problem, NULL);
  on_typed (self);
}

static void
on_remove (GuichetCustomerFields *self, GtkWidget *row)
{
  gtk_box_remove (GTK_BOX (self->rows), row);
  on_typed (self);
  gtk_widget_grab_focus (self->name);
}

static GuichetWayRow *
add_row (GuichetCustomerFields *self, const char *channel, const char *address)
{
  GtkWidget *row = guichet_way_row_new (channel, address);

  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect_swapped (row, "activate", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (row, "remove", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (self->rows), row);
  return GUICHET_WAY_ROW (row);
}

static void
on_add (GuichetCustomerFields *self)
{
  guichet_way_row_focus (add_row (self, "voice", ""));
}

/* --- what is typed ---------------------------------------------------------------------------- */

char *
guichet_customer_fields_dup_name (GuichetCustomerFields *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

char **
guichet_customer_fields_dup_ways (GuichetCustomerFields *self)
{
  g_autoptr (GStrvBuilder) ways = g_strv_builder_new ();
  GuichetWayRow *row;

  for (guint i = 0; (row = row_at (self, i)) != NULL; i++)
    {
      g_autofree char *address = guichet_way_row_dup_address (row);

      if (*address == '\0')
        continue;
      g_strv_builder_add (ways, guichet_way_row_get_channel (row));
      g_strv_builder_add (ways, address);
    }
  return g_strv_builder_end (ways);
}

void
guichet_customer_fields_fill (GuichetCustomerFields *self,
                              const char *name,
                              const char *const *ways)
{
  GtkWidget *row;

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  while ((row = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), row);
  for (; *ways != NULL; ways += 2)
    add_row (self, ways[0], ways[1]);
  guichet_field_set_problem (self->name, self->name_problem, NULL);
  self->filling = FALSE;
}

void
guichet_customer_fields_set_hint (GuichetCustomerFields *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->hint), shown);
}

void
guichet_customer_fields_focus (GuichetCustomerFields *self)
{
  gtk_widget_grab_focus (self->name);
}

/* --- refused ---------------------------------------------------------------------------------- */

static const char *
problem_of_way (const char *channel)
{
  if (g_str_equal (channel, "voice") || g_str_equal (channel, "sms"))
    return _ ("This is not a telephone number.");
  if (g_str_equal (channel, "email"))
    return _ ("This is not an e-mail address.");
  return _ ("This is not an address of this channel.");
}

/* The nth number, or the nth of the other addresses, as they were sent. */
static GuichetWayRow *
sent_row (GuichetCustomerFields *self, gboolean number, guint n)
{
  GuichetWayRow *row;

  for (guint i = 0; (row = row_at (self, i)) != NULL; i++)
    {
      g_autofree char *address = guichet_way_row_dup_address (row);

      if (*address != '\0' && g_str_equal (guichet_way_row_get_channel (row), "voice") == number &&
          n-- == 0)
        return row;
    }
  return NULL;
}

gboolean
guichet_customer_fields_show_refused (GuichetCustomerFields *self, const GError *error)
{
  const char *field = guichet_client_error_get_field (error);
  gboolean number = g_str_has_prefix (field, "/numbers/");
  GuichetWayRow *row;
  guint64 n;

  if (g_str_equal (field, "/name"))
    {
      g_autofree char *text = guichet_words_of_error (error);

      guichet_field_set_problem (self->name, self->name_problem, text);
      gtk_widget_grab_focus (self->name);
      return TRUE;
    }
  if (!number && !g_str_has_prefix (field, "/addresses/"))
    return FALSE;
  n = g_ascii_strtoull (strchr (field + 1, '/') + 1, NULL, 10);
  row = sent_row (self, number, (guint) MIN (n, G_MAXUINT));
  if (row == NULL)
    return FALSE;
  guichet_way_row_set_problem (row, problem_of_way (guichet_way_row_get_channel (row)));
  guichet_way_row_focus (row);
  return TRUE;
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_customer_fields_dispose (GObject *object)
{
  guichet_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (guichet_customer_fields_parent_class)->dispose (object);
}

static void
guichet_customer_fields_class_init (GuichetCustomerFieldsClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_customer_fields_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] =
      g_signal_new ("activate", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
build (GuichetCustomerFields *self, GtkWidget *box)
{
  GtkWidget *add;

  self->name = gtk_entry_new ();
  self->name_problem = guichet_field_problem_new ();
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->hint =
      guichet_label_wrapped (_ ("The number or address of this contact goes with it."), "dim");
  guichet_accessible_name_editable (GTK_EDITABLE (self->name), _ ("Name of the customer"));
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (on_name), self);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (on_enter), self);
  gtk_box_append (GTK_BOX (box),
                  GTK_WIDGET (guichet_label_wrapped (_ ("Name"), "caption-heading")));
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->name_problem));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (guichet_label_wrapped (_ ("Numbers and addresses"),
                                                                    "caption-heading")));
  gtk_box_append (GTK_BOX (box), self->rows);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  add = gtk_button_new_with_label (_ ("Add a number or address"));
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add), self);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), add);
}

static void
guichet_customer_fields_init (GuichetCustomerFields *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  build (self, box);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
guichet_customer_fields_new (void)
{
  return g_object_new (GUICHET_TYPE_CUSTOMER_FIELDS, NULL);
}
