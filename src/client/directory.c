/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list keeps a record for each place that somebody has looked at. One that is not known yet is
 * empty, and its page is asked for as soon as the loop is idle, so that whoever scrolls past a
 * thousand places asks for where he or she stops. Main loop. */
#include "client/directory.h"

#include "client/request.h"

#define PAGE 100
/* Pages that are asked for again when something has changed: what can be on a screen. */
#define PAGES 4

struct _GuichetDirectory
{
  GObject parent_instance;
  GuichetSession *session;
  char *text, *kinds;
  char *interaction; /* id, or NULL */
  char *forward;     /* the agent, or NULL */
  gboolean wanted;   /* somebody looks */
  guint total;
  GHashTable *places;     /* place → GuichetTarget */
  GHashTable *asked;      /* set of pages of this question */
  guint looked[PAGES];    /* the pages that were looked at last */
  GCancellable *question; /* NULL: nothing was asked */
  gboolean asking;        /* for its first page */
  gboolean once_more;     /* something changed meanwhile */
  guint pages_id;
  guint again_id;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GuichetDirectory,
                               guichet_directory,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint answered_signal;

/* --- the list --------------------------------------------------------------------------------- */

static gboolean
is_same (GuichetTarget *a, GuichetTarget *b)
{
  return g_str_equal (guichet_target_get_kind (a), guichet_target_get_kind (b)) &&
         g_str_equal (guichet_target_get_id (a), guichet_target_get_id (b));
}

/* The record that is shown becomes as the new one is. */
static void
copy (GuichetTarget *from, GuichetTarget *to)
{
  g_object_freeze_notify (G_OBJECT (to));
  guichet_record_copy (GUICHET_RECORD (to), GUICHET_RECORD (from));
  g_object_thaw_notify (G_OBJECT (to));
}

static void
put (GuichetDirectory *self, guint place, GuichetTarget *target)
{
  g_hash_table_insert (self->places, GUINT_TO_POINTER (place), g_object_ref (target));
}

/* Whether the places show the same ones in the same order; those without a record show nobody. */
static gboolean
shows_the_same (GuichetDirectory *self, guint first, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      GuichetTarget *shown = g_hash_table_lookup (self->places, GUINT_TO_POINTER (first + i));

      if (shown != NULL && *guichet_target_get_kind (shown) != '\0' &&
          !is_same (shown, found->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

static void
fill (GuichetDirectory *self, guint first, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      GuichetTarget *shown = g_hash_table_lookup (self->places, GUINT_TO_POINTER (first + i));

      if (shown != NULL)
        copy (found->pdata[i], shown);
      else
        put (self, first + i, found->pdata[i]);
    }
}

static char *
key_of (GuichetTarget *target)
{
  return g_strjoin (" ", guichet_target_get_kind (target), guichet_target_get_id (target), NULL);
}

/* The records of these places by kind and id. */
static GHashTable *
by_key (GHashTable *places)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer target;

  g_hash_table_iter_init (&iter, places);
  while (g_hash_table_iter_next (&iter, NULL, &target))
    g_hash_table_insert (known, key_of (target), target);
  return known;
}

/* Another answer altogether; who was in the one before stays the same record. */
static void
replace (GuichetDirectory *self, guint first, GPtrArray *found, guint total)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->places);
  g_autoptr (GHashTable) known = by_key (before);
  guint old = self->total;

  self->places = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->total = total;
  g_hash_table_remove_all (self->asked);
  g_hash_table_add (self->asked, GUINT_TO_POINTER (first / PAGE));
  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *key = key_of (found->pdata[i]);
      GuichetTarget *shown = g_hash_table_lookup (known, key);

      if (shown != NULL)
        copy (found->pdata[i], shown);
      put (self, first + i, shown != NULL ? shown : found->pdata[i]);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old, total);
}

static void
take (GuichetDirectory *self, guint first, GPtrArray *found, guint total)
{
  if (total == self->total && shows_the_same (self, first, found))
    fill (self, first, found);
  else
    replace (self, first, found, total);
}

static GType
get_item_type (GListModel *list)
{
  return GUICHET_TYPE_TARGET;
}

static guint
get_n_items (GListModel *list)
{
  return GUICHET_DIRECTORY (list)->total;
}

static void ask_page (GuichetDirectory *self, guint page);

static gboolean
on_pages (gpointer user_data)
{
  GuichetDirectory *self = user_data;

  self->pages_id = 0;
  for (guint i = 0; i < PAGES; i++)
    if (self->looked[i] != G_MAXUINT &&
        g_hash_table_add (self->asked, GUINT_TO_POINTER (self->looked[i])))
      ask_page (self, self->looked[i]);
  return G_SOURCE_REMOVE;
}

static void
look_at (GuichetDirectory *self, guint page)
{
  guint i = 0;

  while (i < PAGES - 1 && self->looked[i] != page)
    i++;
  for (; i > 0; i--)
    self->looked[i] = self->looked[i - 1];
  self->looked[0] = page;
  if (self->wanted && !g_hash_table_contains (self->asked, GUINT_TO_POINTER (page)) &&
      self->pages_id == 0)
    self->pages_id = g_idle_add (on_pages, self);
}

static gpointer
get_item (GListModel *list, guint place)
{
  GuichetDirectory *self = GUICHET_DIRECTORY (list);
  GuichetTarget *target;

  if (place >= self->total)
    return NULL;
  target = g_hash_table_lookup (self->places, GUINT_TO_POINTER (place));
  if (target == NULL)
    {
      g_autoptr (GuichetTarget) unknown = g_object_new (GUICHET_TYPE_TARGET, NULL);

      put (self, place, unknown);
      target = unknown;
    }
  look_at (self, place / PAGE);
  return g_object_ref (target);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- asking ----------------------------------------------------------------------------------- */

typedef struct
{
  GuichetDirectory *self;
  guint page;
} Asked;

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (GuichetDirectory) self = asked->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found =
      guichet_session_list_finish (GUICHET_SESSION (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  if (found != NULL)
    take (self, asked->page * PAGE, found,
          GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "total")));
  else
    g_hash_table_remove (self->asked, GUINT_TO_POINTER (asked->page));
  if (asked->page != 0)
    return;
  self->asking = FALSE;
  g_signal_emit (self, answered_signal, 0, error);
  if (self->once_more)
    guichet_directory_again (self);
}

static void
add (GString *path, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  if (*value != '\0')
    g_string_append_printf (path, "&%s=%s", name, escaped);
}

static void
ask_page (GuichetDirectory *self, guint page)
{
  g_autoptr (GString) path = g_string_new (NULL);
  Asked *asked = g_new (Asked, 1);

  *asked = (Asked){ g_object_ref (self), page };
  g_string_append_printf (path, "/v1/directory?offset=%u&limit=%d", page * PAGE, PAGE);
  add (path, "text", self->text);
  add (path, "kinds", self->kinds);
  add (path, "interaction", self->interaction != NULL ? self->interaction : "");
  add (path, "forward", self->forward != NULL ? self->forward : "");
  guichet_request_send (
      self->session,
      guichet_request_new (self->session, GUICHET_ANSWER_DIRECTORY, self->question, on_page, asked),
      "GET", path->str, NULL);
}

static void
begin (GuichetDirectory *self)
{
  g_cancellable_cancel (self->question);
  g_set_object (&self->question, NULL);
  self->question = g_cancellable_new ();
  g_hash_table_remove_all (self->asked);
  g_hash_table_add (self->asked, GUINT_TO_POINTER (0));
  self->wanted = TRUE;
  self->asking = TRUE;
  self->once_more = FALSE;
}

void
guichet_directory_ask (GuichetDirectory *self,
                       const char *text,
                       const char *kinds,
                       GuichetInteraction *interaction,
                       const char *forward)
{
  g_free (self->text);
  g_free (self->kinds);
  g_free (self->interaction);
  g_free (self->forward);
  self->text = g_strdup (text);
  self->kinds = g_strdup (kinds);
  self->forward = g_strdup (forward);
  self->interaction =
      interaction != NULL ? g_strdup (guichet_interaction_get_id (interaction)) : NULL;
  for (guint i = 0; i < PAGES; i++)
    self->looked[i] = G_MAXUINT;
  begin (self);
  ask_page (self, 0);
}

void
guichet_directory_again (GuichetDirectory *self)
{
  self->once_more = self->asking;
  if (!self->wanted || self->asking || !guichet_session_get_link_up (self->session))
    return;
  begin (self);
  ask_page (self, 0);
  for (guint i = 0; i < PAGES; i++)
    if (self->looked[i] != G_MAXUINT &&
        g_hash_table_add (self->asked, GUINT_TO_POINTER (self->looked[i])))
      ask_page (self, self->looked[i]);
}

void
guichet_directory_stop (GuichetDirectory *self)
{
  guint old = self->total;

  self->wanted = FALSE;
  self->asking = FALSE;
  self->once_more = FALSE;
  g_cancellable_cancel (self->question);
  g_clear_object (&self->question);
  g_clear_handle_id (&self->pages_id, g_source_remove);
  g_hash_table_remove_all (self->places);
  g_hash_table_remove_all (self->asked);
  self->total = 0;
  if (old > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old, 0);
}

gboolean
guichet_directory_is_asking (GuichetDirectory *self)
{
  return self->asking;
}

/* --- commands --------------------------------------------------------------------------------- */

void
guichet_directory_set_favourite_async (GuichetSession *session,
                                       GuichetTarget *target,
                                       gboolean on,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  JsonObject *body = json_object_new ();
  g_autofree char *before =
      g_strdup_printf ("/v1/directory/favourites/%s/", guichet_target_get_kind (target));

  json_object_set_boolean_member (body, "on", on);
  guichet_request_send_to (
      session,
      guichet_request_new (session, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "PUT", before, guichet_target_get_id (target), "", body);
}

void
guichet_directory_set_dial_async (GuichetSession *session,
                                  GuichetTarget *dial,
                                  const char *name,
                                  const char *number,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  JsonObject *body = json_object_new ();
  g_autofree char *path = dial != NULL ? guichet_request_path ("/v1/directory/speed-dials/",
                                                               guichet_target_get_id (dial), "")
                                       : g_strdup ("/v1/directory/speed-dials");

  json_object_set_string_member (body, "name", name);
  json_object_set_string_member (body, "number", number);
  guichet_request_send (
      session,
      guichet_request_new (session, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      dial != NULL ? "PUT" : "POST", path, body);
}

void
guichet_directory_drop_dial_async (GuichetSession *session,
                                   GuichetTarget *dial,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  guichet_request_send_to (
      session,
      guichet_request_new (session, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "DELETE", "/v1/directory/speed-dials/", guichet_target_get_id (dial), "", NULL);
}

void
guichet_directory_call_async (GuichetSession *session,
                              const char *number,
                              const char *queue,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "to", number);
  if (queue != NULL)
    json_object_set_string_member (body, "queue", queue);
  guichet_request_send (
      session,
      guichet_request_new (session, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "POST", "/v1/calls", body);
}

void
guichet_directory_call_colleague_async (GuichetSession *session,
                                        GuichetTarget *target,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  JsonObject *body = json_object_new ();
  JsonObject *colleague = json_object_new ();

  json_object_set_string_member (colleague, guichet_target_get_kind (target),
                                 guichet_target_get_id (target));
  json_object_set_object_member (body, "colleague", colleague);
  guichet_request_send (
      session,
      guichet_request_new (session, GUICHET_ANSWER_NOTHING, cancellable, callback, user_data),
      "POST", "/v1/calls", body);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_directory_dispose (GObject *object)
{
  GuichetDirectory *self = GUICHET_DIRECTORY (object);

  g_cancellable_cancel (self->question);
  g_clear_object (&self->question);
  g_clear_handle_id (&self->pages_id, g_source_remove);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->kinds, g_free);
  g_clear_pointer (&self->interaction, g_free);
  g_clear_pointer (&self->forward, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_directory_parent_class)->dispose (object);
}

static void
guichet_directory_class_init (GuichetDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_directory_dispose;
  answered_signal = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
guichet_directory_init (GuichetDirectory *self)
{
  self->places = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->asked = g_hash_table_new (NULL, NULL);
}

GuichetDirectory *
guichet_directory_new (GuichetSession *session)
{
  GuichetDirectory *self = g_object_new (GUICHET_TYPE_DIRECTORY, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::directory-revision",
                           G_CALLBACK (guichet_directory_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::link-up", G_CALLBACK (guichet_directory_again), self,
                           G_CONNECT_SWAPPED);
  return self;
}
