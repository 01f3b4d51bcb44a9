/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers, read from the store whenever they are asked for: nothing is kept here. Centre's
 * thread. */
#include "server/centre/people.h"

#include "base/json.h"
#include "server/centre/render.h"

void
person_address_free (PersonAddress *self)
{
  g_free (self->channel);
  g_free (self->address);
  g_free (self->customer);
  g_free (self);
}

PersonAddress *
person_address_new (const char *channel, const char *address, const char *customer)
{
  PersonAddress *self = g_new0 (PersonAddress, 1);

  self->channel = g_strdup (channel);
  self->address = g_strdup (address);
  self->customer = g_strdup (customer);

  return self;
}

void
person_free (Person *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_ptr_array_unref (self->addresses);
  g_ptr_array_unref (self->members);
  g_free (self);
}

static void
on_person_row (StoreRow *row, gpointer user_data)
{
  Person *person = user_data;

  person->name = g_strdup (store_row_text (row, 0));
  person->revision = store_row_int (row, 1);
  person->id = g_strdup (store_row_text (row, 2));
}

static gboolean
has_address (const Person *person, const char *channel, const char *address)
{
  for (guint i = 0; i < person->addresses->len; i++)
    {
      const PersonAddress *known = g_ptr_array_index (person->addresses, i);

      if (g_str_equal (known->channel, channel) && g_str_equal (known->address, address))
        return TRUE;
    }

  return FALSE;
}

static void
on_number_row (StoreRow *row, gpointer user_data)
{
  Person *person = user_data;

  if (!has_address (person, "voice", store_row_text (row, 0)))
    g_ptr_array_add (person->addresses, person_address_new ("voice", store_row_text (row, 0),
                                                            store_row_text (row, 1)));
}

static void
on_address_row (StoreRow *row, gpointer user_data)
{
  Person *person = user_data;

  if (!has_address (person, store_row_text (row, 0), store_row_text (row, 1)))
    g_ptr_array_add (person->addresses,
                     person_address_new (store_row_text (row, 0), store_row_text (row, 1),
                                         store_row_text (row, 2)));
}

static void
on_id_row (StoreRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (store_row_text (row, 0)));
}

Person *
person_load (Centre *centre, const char *id)
{
  g_autoptr (Person) self = g_new0 (Person, 1);
  Store *store = centre_store (centre);

  self->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) person_address_free);
  self->members = g_ptr_array_new_with_free_func (g_free);
  store_query (store, NULL, on_person_row, self, STORE_GET_CUSTOMER, id);
  if (self->id == NULL)
    return NULL;
  store_query (store, NULL, on_number_row, self, STORE_GET_CUSTOMER_NUMBERS, self->id);
  store_query (store, NULL, on_address_row, self, STORE_GET_CUSTOMER_ADDRESSES, self->id);
  store_query (store, NULL, on_id_row, self->members, STORE_GET_CUSTOMER_MEMBERS, self->id);

  return g_steal_pointer (&self);
}

JsonObject *
person_merged_to_json (const char *id, const char *name, gint64 at)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "customer", id);
  base_json_set_string (object, "name", name);
  base_json_set_time (object, "at", at);
  base_json_set_time (object, "until", at + PEOPLE_UNDO);

  return object;
}

static void
on_merged_row (StoreRow *row, gpointer user_data)
{
  json_array_add_object_element (user_data, person_merged_to_json (store_row_text (row, 0),
                                                                   store_row_text (row, 1),
                                                                   store_row_int (row, 2)));
}

JsonObject *
person_to_json (Centre *centre, const Person *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *numbers = json_array_new ();
  JsonArray *addresses = json_array_new ();
  JsonArray *merged = json_array_new ();

  for (guint i = 0; i < self->addresses->len; i++)
    {
      const PersonAddress *known = g_ptr_array_index (self->addresses, i);
      g_autofree char *shown = render_address (centre, known->channel, known->address);
      JsonObject *address;

      if (g_str_equal (known->channel, "voice"))
        {
          json_array_add_string_element (numbers, shown);
          continue;
        }
      address = json_object_new ();
      base_json_set_string (address, "channel", known->channel);
      base_json_set_string (address, "address", shown);
      json_array_add_object_element (addresses, address);
    }
  store_query (centre_store (centre), NULL, on_merged_row, merged, STORE_GET_CUSTOMER_MERGED,
               self->id, centre_now (centre) - PEOPLE_UNDO);
  base_json_set_string (object, "id", self->id);
  base_json_set_string (object, "name", self->name);
  json_object_set_int_member (object, "revision", self->revision);
  json_object_set_array_member (object, "numbers", numbers);
  json_object_set_array_member (object, "addresses", addresses);
  json_object_set_array_member (object, "merged", merged);

  return object;
}

/* --- who has an address ----------------------------------------------------------------------- */

typedef struct
{
  Centre *centre;
  char *id;        /* of the one found */
  gboolean linked; /* an agent said so */
  gboolean several;
} Asking;

static void
on_root_row (StoreRow *row, gpointer user_data)
{
  *(char **) user_data = g_strdup (store_row_text (row, 2));
}

static void
take (Asking *asking, const char *customer)
{
  g_autofree char *root = NULL;

  store_query (centre_store (asking->centre), NULL, on_root_row, &root, STORE_GET_CUSTOMER,
               customer);
  if (root == NULL)
    return;
  asking->several = asking->several || (asking->id != NULL && !g_str_equal (asking->id, root));
  if (asking->id == NULL)
    asking->id = g_steal_pointer (&root);
}

static void
on_has_number (StoreRow *row, gpointer user_data)
{
  Asking *asking = user_data;

  if (!asking->linked)
    take (asking, store_row_text (row, 0));
}

static void
on_has_address (StoreRow *row, gpointer user_data)
{
  Asking *asking = user_data;

  if (asking->linked)
    return;
  asking->linked = store_row_int (row, 1) == 0;
  take (asking, store_row_text (row, 0));
}

char *
people_at (Centre *centre, ModelChannel channel, const char *address)
{
  Store *store = centre_store (centre);
  Asking asking = { .centre = centre };

  if (address == NULL)
    return NULL;
  store_query (store, NULL, on_has_address, &asking, STORE_GET_CUSTOMERS_BY_ADDRESS,
               model_channel_to_text (channel), address);
  if (channel == MODEL_CHANNEL_VOICE || channel == MODEL_CHANNEL_SMS)
    store_query (store, NULL, on_has_number, &asking, STORE_GET_CUSTOMERS_BY_NUMBER, address);
  if (asking.several)
    g_clear_pointer (&asking.id, g_free);

  return asking.id;
}

/* --- desks that show one ---------------------------------------------------------------------- */

typedef struct
{
  Centre *centre;
  const GPtrArray *members;
} Touching;

static void
touch (Record *record, gpointer user_data)
{
  Touching *touching = user_data;

  for (guint i = 0; record->customer != NULL && i < touching->members->len; i++)
    if (g_str_equal (g_ptr_array_index (touching->members, i), record->customer))
      {
        centre_touch (touching->centre, record, "customer", store_batch_new (), NULL, NULL);
        return;
      }
}

void
people_touch (Centre *centre, const GPtrArray *members)
{
  Touching touching = { centre, members };

  centre_each_record (centre, touch, &touching);
}
