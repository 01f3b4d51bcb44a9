/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Owns the private centre behind `guichet --demo`: a guichetd process with a data directory of its
 * own below the user's run-time directory. What it needs to find it again after the window was
 * killed stands in a file beside the data. Main thread only; nothing blocks.
 */

#include "desktop/demo/demo-centre.h"

#include "desktop/config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>

/* A daemon that was asked to end gets this long. */
#define STOP_SECONDS 5

struct _GuichetDemoCentre
{
  GObject parent_instance;

  GSubprocess *daemon; /* NULL when it was taken up again */
  GPid pid;
  char *directory;
  char *address;
  char *agent;
  char *password;
  char *chat_page; /* or NULL */
};

G_DEFINE_FINAL_TYPE (GuichetDemoCentre, guichet_demo_centre, G_TYPE_OBJECT)
G_DEFINE_QUARK (guichet - demo - error - quark, guichet_demo_error)

static char *
state_directory (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "guichet-demo", NULL);
}

static char *
state_file (void)
{
  return g_build_filename (g_get_user_runtime_dir (), "guichet-demo", "centre.json", NULL);
}

/* GUICHET_LIBEXECDIR names a build tree; else beside this program as meson lays it out, else where
 * it is installed. */
static char *
find_daemon (void)
{
  const char *given = g_getenv ("GUICHET_LIBEXECDIR");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *here = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *paths[5] = { 0 };
  char *found = NULL;

  paths[0] = given != NULL ? g_build_filename (given, "guichetd", NULL) : g_strdup ("");
  paths[1] =
      here != NULL ? g_build_filename (here, "..", "server", "guichetd", NULL) : g_strdup ("");
  paths[2] = here != NULL ? g_build_filename (here, "guichetd", NULL) : g_strdup ("");
  paths[3] = g_build_filename (GUICHET_BINDIR, "guichetd", NULL);
  paths[4] = g_find_program_in_path ("guichetd");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      if (found == NULL && paths[i] != NULL && g_file_test (paths[i], G_FILE_TEST_IS_EXECUTABLE))
        found = g_steal_pointer (&paths[i]);
      g_clear_pointer (&paths[i], g_free);
    }
  return found;
}

static void
replace (char **member, const char *value)
{
  g_free (*member);
  *member = g_strdup (value);
}

static gboolean
read_ready (GuichetDemoCentre *self, const char *line)
{
  g_autoptr (JsonNode) node = line != NULL ? json_from_string (line, NULL) : NULL;
  JsonObject *object =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL || json_object_get_string_member_with_default (object, "http", NULL) == NULL)
    return FALSE;
  replace (&self->address, json_object_get_string_member (object, "http"));
  replace (&self->agent, json_object_get_string_member_with_default (object, "agent", "demo"));
  replace (&self->password,
           json_object_get_string_member_with_default (object, "password", "demo"));
  replace (&self->chat_page,
           json_object_get_string_member_with_default (object, "chat_page", NULL));
  return TRUE;
}

/* The pid in the file is the demo's own daemon only if that process serves this directory. */
static gboolean
is_our_daemon (GPid pid, const char *directory)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/cmdline", pid);
  g_autofree char *cmdline = NULL;
  gsize length = 0;

  if (pid <= 1 || !g_file_get_contents (path, &cmdline, &length, NULL))
    return FALSE;
  for (gsize at = 0; at < length; at += strlen (cmdline + at) + 1)
    if (g_str_equal (cmdline + at, directory))
      return TRUE;
  return FALSE;
}

static gboolean
take_up_again (GuichetDemoCentre *self)
{
  g_autofree char *path = state_file ();
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = NULL;
  GPid pid;

  if (!g_file_get_contents (path, &text, NULL, NULL) ||
      (node = json_from_string (text, NULL)) == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  object = json_node_get_object (node);
  pid = (GPid) json_object_get_int_member_with_default (object, "pid", 0);
  if (!is_our_daemon (pid, json_object_get_string_member_with_default (object, "directory", "")))
    return FALSE;
  self->pid = pid;
  self->directory = g_strdup (json_object_get_string_member (object, "directory"));
  return read_ready (self, text);
}

static void
write_state (GuichetDemoCentre *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = state_file ();
  g_autoptr (GError) error = NULL;
  const char *const strings[][2] = {
    { "directory", self->directory }, { "http", self->address },        { "agent", self->agent },
    { "password", self->password },   { "chat_page", self->chat_page },
  };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "pid");
  json_builder_add_int_value (builder, self->pid);
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      if (strings[i][1] == NULL)
        continue;
      json_builder_set_member_name (builder, strings[i][0]);
      json_builder_add_string_value (builder, strings[i][1]);
    }
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  text = json_to_string (node, FALSE);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("cannot remember the demo centre: %s", error->message);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GuichetDemoCentre *self = g_task_get_source_object (task);
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                                     result, NULL, &error);

  if (line != NULL && read_ready (self, line))
    {
      write_state (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  guichet_demo_centre_stop_async (self, NULL, NULL);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, GUICHET_DEMO_ERROR, GUICHET_DEMO_ERROR_START,
                             "guichetd ended before it was ready");
}

static gboolean
spawn (GuichetDemoCentre *self, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *daemon = find_daemon ();
  g_autofree char *parent = state_directory ();

  if (daemon == NULL)
    {
      g_set_error (error, GUICHET_DEMO_ERROR, GUICHET_DEMO_ERROR_MISSING, "guichetd was not found");
      return FALSE;
    }
  self->directory = g_build_filename (parent, "XXXXXX", NULL);
  if (g_mkdir_with_parents (parent, 0700) != 0 || g_mkdtemp_full (self->directory, 0700) == NULL)
    {
      g_set_error (error, GUICHET_DEMO_ERROR, GUICHET_DEMO_ERROR_START, "%s: %s", parent,
                   g_strerror (errno));
      return FALSE;
    }
  self->daemon =
      g_subprocess_launcher_spawn (launcher, error, daemon, "--demo", "--data", self->directory,
                                   "--listen", "127.0.0.1:0", "--sip", "127.0.0.1:0", NULL);
  if (self->daemon == NULL)
    return FALSE;
  self->pid = (GPid) g_ascii_strtoll (g_subprocess_get_identifier (self->daemon), NULL, 10);
  return TRUE;
}

static void
remove_tree (GFile *directory)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      directory, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *child;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &child, NULL, NULL) &&
         info != NULL)
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
      remove_tree (child);
    else
      g_file_delete (child, NULL, NULL);
  g_file_delete (directory, NULL, NULL);
}

static void
remove_traces (GuichetDemoCentre *self)
{
  g_autoptr (GFile) directory = g_file_new_for_path (self->directory);
  g_autofree char *path = state_file ();

  remove_tree (directory);
  g_unlink (path);
  g_clear_pointer (&self->directory, g_free);
}

/* Whether the daemon is gone; one that does not go in time is killed. */
static gboolean
check_gone (gpointer data)
{
  GTask *task = data;
  GuichetDemoCentre *self = g_task_get_source_object (task);
  gboolean gone = self->daemon != NULL ? g_subprocess_get_identifier (self->daemon) == NULL
                                       : !is_our_daemon (self->pid, self->directory);

  if (!gone && g_get_monotonic_time () < *(gint64 *) g_task_get_task_data (task))
    return G_SOURCE_CONTINUE;
  if (!gone)
    kill (self->pid, SIGKILL);
  self->pid = 0;
  remove_traces (self);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

void
guichet_demo_centre_stop_async (GuichetDemoCentre *self,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  gint64 *deadline = g_new (gint64, 1);

  *deadline = g_get_monotonic_time () + STOP_SECONDS * G_USEC_PER_SEC;
  g_task_set_task_data (task, deadline, g_free);
  if (self->pid <= 1)
    {
      if (self->directory != NULL)
        remove_traces (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  kill (self->pid, SIGTERM);
  g_timeout_add_full (G_PRIORITY_DEFAULT, 20, check_gone, g_steal_pointer (&task), g_object_unref);
}

static void
guichet_demo_centre_finalize (GObject *object)
{
  GuichetDemoCentre *self = GUICHET_DEMO_CENTRE (object);

  g_clear_object (&self->daemon);
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->agent, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_pointer (&self->chat_page, g_free);
  G_OBJECT_CLASS (guichet_demo_centre_parent_class)->finalize (object);
}

static void
guichet_demo_centre_class_init (GuichetDemoCentreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_demo_centre_finalize;
}

static void
guichet_demo_centre_init (GuichetDemoCentre *self)
{
}

GuichetDemoCentre *
guichet_demo_centre_new (void)
{
  return g_object_new (GUICHET_TYPE_DEMO_CENTRE, NULL);
}

void
guichet_demo_centre_start_async (GuichetDemoCentre *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GDataInputStream) output = NULL;
  GError *error = NULL;

  if (take_up_again (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!spawn (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->daemon));
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, cancellable, on_line,
                                       g_steal_pointer (&task));
}

gboolean
guichet_demo_centre_start_finish (GuichetDemoCentre *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
guichet_demo_centre_get_address (GuichetDemoCentre *self)
{
  return self->address;
}

const char *
guichet_demo_centre_get_agent (GuichetDemoCentre *self)
{
  return self->agent;
}

const char *
guichet_demo_centre_get_password (GuichetDemoCentre *self)
{
  return self->password;
}

const char *
guichet_demo_centre_get_chat_page (GuichetDemoCentre *self)
{
  return self->chat_page;
}
