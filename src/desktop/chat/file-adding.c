/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files on their way into a message: chosen, pasted, dropped. Read in the background, never more
 * than the centre would take. Main thread only.
 */

#include "desktop/chat/file-adding.h"

#include "desktop/chat/file-words.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* One that is being read. */
typedef struct
{
  GtkWidget *widget;
  GuichetSession *session;
  GuichetInteraction *interaction;
  char *name;
} Adding;

static Adding *
adding_new (GtkWidget *widget,
            GuichetSession *session,
            GuichetInteraction *interaction,
            const char *name)
{
  Adding *adding = g_new0 (Adding, 1);

  *adding = (Adding){ g_object_ref (widget), g_object_ref (session), g_object_ref (interaction),
                      g_strdup (name) };
  return adding;
}

static void
adding_free (Adding *adding)
{
  g_object_unref (adding->widget);
  g_object_unref (adding->session);
  g_object_unref (adding->interaction);
  g_free (adding->name);
  g_free (adding);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adding, adding_free)

static void
say (Adding *adding, const char *sentence)
{
  g_autofree char *text = g_strdup_printf (_ ("%s: %s"), adding->name, sentence);

  guichet_toast (adding->widget, text);
}

static void
say_problem (Adding *adding, const char *reason, gint64 limit)
{
  g_autofree char *words = guichet_file_problem (reason, limit);

  say (adding, words);
}

static void
add (Adding *adding, GBytes *bytes)
{
  const char *reason;
  gint64 limit;

  if (!guichet_session_attach (adding->session, adding->interaction, adding->name, bytes, &reason,
                               &limit))
    say_problem (adding, reason, limit);
}

static void
on_read (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (Adding) adding = data;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (file), result, NULL, NULL);

  if (bytes != NULL)
    add (adding, bytes);
  else
    say (adding, _ ("The file could not be read."));
}

static void
on_asked (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (Adding) adding = data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (file), result, NULL);
  const char *reason;
  gint64 limit;

  if (info == NULL || g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      say (adding, _ ("The file could not be read."));
      return;
    }
  g_free (adding->name);
  adding->name = g_strdup (g_file_info_get_display_name (info));
  if (guichet_session_may_attach (adding->session, adding->interaction, g_file_info_get_size (info),
                                  &reason, &limit))
    g_file_load_bytes_async (G_FILE (file), NULL, on_read, g_steal_pointer (&adding));
  else
    say_problem (adding, reason, limit);
}

static void
add_file (GtkWidget *widget, GuichetSession *session, GuichetInteraction *interaction, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  g_file_query_info_async (file,
                           G_FILE_ATTRIBUTE_STANDARD_TYPE
                           "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                           "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, on_asked,
                           adding_new (widget, session, interaction, name));
}

/* A picture without a file becomes one. */
static void
add_texture (GtkWidget *widget,
             GuichetSession *session,
             GuichetInteraction *interaction,
             GdkTexture *texture)
{
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (texture);
  g_autofree char *name = g_strconcat (_ ("Picture"), ".png", NULL);
  g_autoptr (Adding) adding = adding_new (widget, session, interaction, name);

  add (adding, bytes);
}

/* --- choosing --------------------------------------------------------------------------------- */

static void
on_chosen (GtkNativeDialog *dialog, int response, Adding *adding)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

  for (guint i = 0; response == GTK_RESPONSE_ACCEPT && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      add_file (adding->widget, adding->session, adding->interaction, file);
    }
  adding_free (adding);
  g_object_unref (dialog);
}

void
guichet_file_choose (GtkWidget *widget, GuichetSession *session, GuichetInteraction *interaction)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Add files"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), NULL);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen),
                    adding_new (widget, session, interaction, ""));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- dropping and pasting --------------------------------------------------------------------- */

gboolean
guichet_file_drop (GtkWidget *widget,
                   GuichetSession *session,
                   GuichetInteraction *interaction,
                   const GValue *value)
{
  if (guichet_interaction_get_files_max (interaction) == 0)
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      for (GSList *l = files; l != NULL; l = l->next)
        add_file (widget, session, interaction, l->data);
      return TRUE;
    }
  if (!G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    return FALSE;
  add_texture (widget, session, interaction, g_value_get_object (value));
  return TRUE;
}

static void
on_pasted (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (Adding) adding = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (value != NULL)
    guichet_file_drop (adding->widget, adding->session, adding->interaction, value);
}

gboolean
guichet_file_paste (GtkWidget *widget, GuichetSession *session, GuichetInteraction *interaction)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean files = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST);
  gboolean picture = gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) &&
                     !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING);

  if (guichet_interaction_get_files_max (interaction) == 0 || (!files && !picture))
    return FALSE;
  gdk_clipboard_read_value_async (clipboard, files ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE,
                                  G_PRIORITY_DEFAULT, NULL, on_pasted,
                                  adding_new (widget, session, interaction, _ ("Picture")));
  return TRUE;
}
