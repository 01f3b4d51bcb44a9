/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and writing what is written down of a customer. Pure but for the batch; centre's thread.
 */
#include "server/api/customer-body.h"

#include "server/api/handlers.h"
#include "server/centre/render.h"

#include <string.h>

#define NUMBERS_MAX   16
#define ADDRESSES_MAX 16
#define ADDRESS_MAX   254

void
customer_body_clear (CustomerBody *body)
{
  g_clear_pointer (&body->addresses, g_ptr_array_unref);
}

static gboolean
address_is_valid (const char *channel, const char *address)
{
  const char *at = strchr (address, '@');

  if (g_str_equal (channel, "sms"))
    return number_is_valid (address);
  for (const char *c = address; *c != '\0'; c++)
    if (g_ascii_isspace (*c) || g_ascii_iscntrl (*c))
      return FALSE;
  if (g_str_equal (channel, "email"))
    return at != NULL && at > address && at[1] != '\0' && strchr (at + 1, '@') == NULL;

  return *address != '\0' &&
         (g_str_equal (channel, "facebook") || g_str_equal (channel, "instagram"));
}

/* What people type between digits is not part of the number; e-mail knows no case. */
static char *
tidy (const char *channel, const char *text)
{
  g_autofree char *bare = NULL;

  if (g_str_equal (channel, "voice") || g_str_equal (channel, "sms"))
    return number_tidy (text);
  bare = g_strstrip (g_strdup (text));

  return g_str_equal (channel, "email") ? g_utf8_strdown (bare, -1) : g_steal_pointer (&bare);
}

static gboolean
is_masked (const char *text)
{
  return g_utf8_strchr (text, -1, 0x2022) != NULL;
}

/* The known address that the desk sees so. */
static const PersonAddress *
unmask (Centre *centre, const Person *known, const char *channel, const char *shown)
{
  for (guint i = 0; known != NULL && i < known->addresses->len; i++)
    {
      const PersonAddress *address = g_ptr_array_index (known->addresses, i);
      g_autofree char *mask = render_address (centre, address->channel, address->address);

      if (g_str_equal (address->channel, channel) && g_str_equal (mask, shown))
        return address;
    }

  return NULL;
}

/* FALSE: answered. */
static gboolean
add (ApiCall *call,
     const Person *known,
     const char *channel,
     const char *text,
     const char *field,
     CustomerBody *body)
{
  const PersonAddress *masked =
      is_masked (text) ? unmask (call->centre, known, channel, text) : NULL;
  g_autofree char *address = masked != NULL ? g_strdup (masked->address) : tidy (channel, text);

  if (masked == NULL && (g_str_equal (channel, "voice") ? !number_is_valid (address)
                                                        : !address_is_valid (channel, address)))
    {
      api_call_invalid (call, field, g_str_equal (channel, "voice") ? API_NUMBER_MAX : ADDRESS_MAX,
                        "not a number or address");
      return FALSE;
    }
  g_ptr_array_add (body->addresses, person_address_new (channel, address, NULL));

  return TRUE;
}

/* FALSE: answered. */
static gboolean
read_numbers (ApiCall *call, const Person *known, CustomerBody *body)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) given = NULL;

  if (!base_json_get_strings (&call->body, "numbers", NUMBERS_MAX, API_NUMBER_MAX * 2, &given,
                              &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  for (guint i = 0; given[i] != NULL; i++)
    {
      g_autofree char *field = g_strdup_printf ("/numbers/%u", i);

      if (!add (call, known, "voice", given[i], field, body))
        return FALSE;
    }

  return TRUE;
}

/* FALSE: answered. */
static gboolean
read_addresses (ApiCall *call, const Person *known, CustomerBody *body)
{
  g_autoptr (GError) error = NULL;
  BaseJson list;

  if (!base_json_get_array (&call->body, "addresses", ADDRESSES_MAX, &list, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  for (guint i = 0; i < base_json_length (&list); i++)
    {
      g_autofree char *field = g_strdup_printf ("/addresses/%u/address", i);
      const char *channel, *address;
      BaseJson one;

      if (!base_json_item_object (&list, i, &one, &error) ||
          !base_json_only (&one, &error, "channel", "address", NULL) ||
          !base_json_get_string (&one, "channel", 16, &channel, &error) ||
          !base_json_get_string (&one, "address", ADDRESS_MAX, &address, &error))
        {
          api_call_bad_body (call, error);
          return FALSE;
        }
      if (g_str_equal (channel, "voice"))
        channel = "";
      if (!add (call, known, channel, address, field, body))
        return FALSE;
    }

  return TRUE;
}

/* What the body does not name stays. */
static void
keep (const Person *known, gboolean voice, CustomerBody *body)
{
  for (guint i = 0; known != NULL && i < known->addresses->len; i++)
    {
      const PersonAddress *address = g_ptr_array_index (known->addresses, i);

      if (g_str_equal (address->channel, "voice") == voice)
        g_ptr_array_add (body->addresses,
                         person_address_new (address->channel, address->address, NULL));
    }
}

gboolean
customer_body_read (ApiCall *call, const Person *known, CustomerBody *body)
{
  g_autoptr (GError) error = NULL;
  gboolean numbers = base_json_has (&call->body, "numbers");
  gboolean addresses = base_json_has (&call->body, "addresses");

  if (!base_json_get_string (&call->body, "name", API_NAME_MAX, &body->name, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  if (*body->name == '\0')
    {
      api_call_invalid (call, "/name", API_NAME_MAX, "empty");
      return FALSE;
    }
  if (!numbers && !addresses)
    return TRUE;
  body->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) person_address_free);
  if (numbers && !read_numbers (call, known, body))
    return FALSE;
  if (addresses && !read_addresses (call, known, body))
    return FALSE;
  if (!numbers)
    keep (known, TRUE, body);
  if (!addresses)
    keep (known, FALSE, body);

  return TRUE;
}

/* --- writing ---------------------------------------------------------------------------------- */

static const PersonAddress *
find (const GPtrArray *list, const PersonAddress *wanted)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const PersonAddress *one = g_ptr_array_index (list, i);

      if (g_str_equal (one->channel, wanted->channel) &&
          g_str_equal (one->address, wanted->address))
        return one;
    }

  return NULL;
}

static void
drop (StoreBatch *batch, const PersonAddress *address)
{
  if (g_str_equal (address->channel, "voice"))
    store_batch_add (batch, STORE_CUSTOMER_NUMBER_DROP, address->customer, address->address);
  else
    store_batch_add (batch, STORE_CUSTOMER_ADDRESS_DROP, address->customer, address->channel,
                     address->address);
}

static void
put (StoreBatch *batch, const PersonAddress *address, const char *id, guint place)
{
  if (g_str_equal (address->channel, "voice"))
    store_batch_add (batch, STORE_CUSTOMER_NUMBER_ADD, address->address, id, (gint64) place);
  else
    store_batch_add (batch, STORE_CUSTOMER_ADDRESS_ADD, address->channel, address->address, id,
                     (gint64) place);
}

/* What stays with one that was merged stays its own. */
static void
write_addresses (const CustomerBody *body, const char *id, const Person *known, StoreBatch *batch)
{
  for (guint i = 0; known != NULL && i < known->addresses->len; i++)
    {
      const PersonAddress *had = g_ptr_array_index (known->addresses, i);

      if (find (body->addresses, had) == NULL)
        drop (batch, had);
    }
  for (guint i = 0; i < body->addresses->len; i++)
    {
      const PersonAddress *wanted = g_ptr_array_index (body->addresses, i);
      const PersonAddress *had = known != NULL ? find (known->addresses, wanted) : NULL;

      if (had == NULL || g_str_equal (had->customer, id))
        put (batch, wanted, id, i);
    }
}

void
customer_body_write (Centre *centre,
                     const CustomerBody *body,
                     const char *id,
                     gint64 revision,
                     const Person *known,
                     StoreBatch *batch)
{
  store_batch_add (batch, STORE_CUSTOMER_SET, id, body->name, revision, centre_now (centre));
  if (body->addresses != NULL)
    write_addresses (body, id, known, batch);
  people_index (batch, id, body->name,
                body->addresses != NULL ? body->addresses
                : known != NULL         ? known->addresses
                                        : NULL);
}
