/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files on their way out of a conversation: saved under a name that the agent chooses, or opened
 * from a folder of their own that ends with the login. Main thread only.
 */

#include "desktop/chat/file-saving.h"

#include "desktop/widgets/util.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

typedef struct
{
  GtkWidget *widget;
  GuichetSession *session;
  GuichetAttachment *file;
  GFile *target;
  gboolean open;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->widget);
  g_object_unref (saving->session);
  g_object_unref (saving->file);
  g_clear_object (&saving->target);
  g_free (saving);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static Saving *
saving_new (GtkWidget *widget, GuichetSession *session, GuichetAttachment *file, gboolean open)
{
  Saving *saving = g_new0 (Saving, 1);

  *saving =
      (Saving){ g_object_ref (widget), g_object_ref (session), g_object_ref (file), NULL, open };
  return saving;
}

static void
say (Saving *saving, const char *sentence)
{
  g_autofree char *text =
      g_strdup_printf (_ ("%s: %s"), guichet_attachment_get_name (saving->file), sentence);

  guichet_toast (saving->widget, text);
}

static void
open_it (Saving *saving)
{
  g_autofree char *path = g_file_get_path (saving->target);
  g_autofree char *uri = g_file_get_uri (saving->target);

  g_chmod (path, 0400);
  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (saving->widget)), uri, GDK_CURRENT_TIME);
}

static void
on_written (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;

  if (!g_file_replace_contents_finish (G_FILE (file), result, NULL, NULL))
    say (saving, _ ("The file could not be saved."));
  else if (saving->open)
    open_it (saving);
  else
    say (saving, _ ("The file is saved."));
}

static void
on_fetched (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GBytes) bytes =
      guichet_session_fetch_file_finish (GUICHET_SESSION (session), result, NULL);
  GFile *target = saving->target;
  GFileCreateFlags flags = saving->open ? G_FILE_CREATE_PRIVATE : G_FILE_CREATE_NONE;

  if (bytes == NULL)
    say (saving, _ ("The file could not be fetched. Try again in a moment."));
  else
    g_file_replace_contents_bytes_async (target, bytes, NULL, FALSE, flags, NULL, on_written,
                                         g_steal_pointer (&saving));
}

static void
fetch (Saving *saving)
{
  guichet_session_fetch_file_async (saving->session, saving->file, NULL, on_fetched, saving);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, Saving *saving)
{
  saving->target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (response == GTK_RESPONSE_ACCEPT && saving->target != NULL)
    fetch (saving);
  else
    saving_free (saving);
  g_object_unref (dialog);
}

void
guichet_file_save (GtkWidget *widget, GuichetSession *session, GuichetAttachment *file)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Save the file"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), guichet_attachment_get_name (file));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen),
                    saving_new (widget, session, file, FALSE));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
guichet_file_open (GtkWidget *widget, GuichetSession *session, GuichetAttachment *file)
{
  Saving *saving = saving_new (widget, session, file, TRUE);
  g_autofree char *template = g_build_filename (g_get_user_runtime_dir (), "guichet-XXXXXX", NULL);
  g_autofree char *path = NULL;

  if (g_mkdtemp (template) == NULL)
    {
      say (saving, _ ("The file could not be saved."));
      saving_free (saving);
      return;
    }
  path = g_build_filename (template, guichet_attachment_get_name (file), NULL);
  saving->target = g_file_new_for_path (path);
  fetch (saving);
}
