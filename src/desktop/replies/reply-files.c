/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files of canned replies, chosen by the agent. What is wrong in one is said with its line before
 * anything is sent. Main thread only.
 */

#include "desktop/replies/reply-files.h"

#include "client/canned-change.h"
#include "desktop/text/error-words.h"
#include "desktop/widgets/util.h"
#include "model/canned-file.h"

#include <glib/gi18n.h>
#include <string.h>

#define FILE_MAX (8 * 1024 * 1024)

typedef struct
{
  GtkWidget *widget;
  GuichetSession *session;
  gboolean is_public;
  GtkFileChooserNative *chooser;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->chooser);
  g_object_unref (work->widget);
  g_object_unref (work->session);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static Work *
work_new (GtkWidget *widget,
          GuichetSession *session,
          gboolean is_public,
          const char *title,
          GtkFileChooserAction action)
{
  Work *work = g_new0 (Work, 1);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileFilter *filter = gtk_file_filter_new ();

  work->widget = g_object_ref (widget);
  work->session = g_object_ref (session);
  work->is_public = is_public;
  work->chooser = gtk_file_chooser_native_new (
      title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action, NULL, NULL);
  gtk_file_filter_set_name (filter, _ ("Replies (CSV, JSON)"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (work->chooser), filter);
  g_object_unref (filter);
  return work;
}

/* --- importing -------------------------------------------------------------------------------- */

char *
guichet_reply_files_words (GPtrArray *problems)
{
  const ModelProblem *first = problems->pdata[0];
  const char *what = _ ("something in it is wrong");
  const char *place = first->path;

  if (g_str_equal (first->code, "encoding"))
    return g_strdup (_ ("The file is not UTF-8 text. Save it as “CSV UTF-8” and try again."));
  if (g_str_equal (first->code, "missing"))
    what = *place == '\0' ? _ ("there is no reply in it") : _ ("name or text is missing");
  else if (g_str_equal (first->code, "length"))
    what = _ ("something is too long");
  else if (g_str_equal (first->code, "syntax"))
    what = _ ("a shortcut or language is not one");
  if (g_str_has_prefix (place, "line "))
    /* Translators: the number of a line, and what is wrong there */
    return g_strdup_printf (_ ("Nothing was imported. Line %s: %s."), place + 5, what);
  return g_strdup_printf (_ ("Nothing was imported: %s."), what);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  GuichetImported done;

  if (guichet_session_import_replies_finish (GUICHET_SESSION (source), result, &done, &error))
    words = g_strdup_printf (_ ("Imported: %d new, %d changed, %d as they were."), (int) done.added,
                             (int) done.changed, (int) done.unchanged);
  else if (g_strcmp0 (guichet_client_error_get_field (error), "/scope") == 0)
    words = g_strdup (_ ("There is no room for more replies. Delete some first."));
  else
    words = guichet_words_of_error (error);
  guichet_toast (work->widget, words);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (GPtrArray) replies = NULL;
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, NULL))
    words = g_strdup (_ ("The file cannot be read."));
  else if (length > FILE_MAX)
    words = g_strdup (_ ("The file is too large."));
  else
    replies = model_canned_file_read (text, length, problems);
  if (words == NULL && replies == NULL)
    words = guichet_reply_files_words (problems);
  if (words != NULL)
    {
      guichet_toast (work->widget, words);
      return;
    }
  guichet_session_import_replies_async (work->session, work->is_public, replies, NULL, on_imported,
                                        work);
  g_steal_pointer (&work);
}

static void
on_open (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file != NULL)
    g_file_load_contents_async (file, NULL, on_read, g_steal_pointer (&work));
}

void
guichet_reply_files_import (GtkWidget *widget, GuichetSession *session, gboolean is_public)
{
  Work *work =
      work_new (widget, session, is_public, _ ("Import replies"), GTK_FILE_CHOOSER_ACTION_OPEN);

  g_signal_connect (work->chooser, "response", G_CALLBACK (on_open), work);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (work->chooser));
}

/* --- exporting -------------------------------------------------------------------------------- */

static char *
write_all (GuichetSession *session, gboolean json)
{
  GListModel *all = guichet_session_get_canned_replies (session);
  g_autoptr (GPtrArray) replies =
      g_ptr_array_new_with_free_func ((GDestroyNotify) model_canned_reply_free);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GuichetCannedReply) one = g_list_model_get_item (all, i);

      g_ptr_array_add (replies, guichet_canned_reply_to_model (one));
    }
  return json ? model_canned_file_write_json (replies) : model_canned_file_write_csv (replies);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;

  guichet_toast (work->widget, g_file_replace_contents_finish (G_FILE (source), result, NULL, NULL)
                                   ? _ ("The replies are exported.")
                                   : _ ("The file cannot be written."));
}

static void
on_save (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (file == NULL)
    return;
  text = write_all (work->session, g_str_has_suffix (name, ".json"));
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       on_written, g_steal_pointer (&work));
}

void
guichet_reply_files_export (GtkWidget *widget, GuichetSession *session)
{
  Work *work =
      work_new (widget, session, FALSE, _ ("Export replies"), GTK_FILE_CHOOSER_ACTION_SAVE);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (work->chooser), _ ("replies.csv"));
  g_signal_connect (work->chooser, "response", G_CALLBACK (on_save), work);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (work->chooser));
}
