/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of files: what each is, how large, what is wrong with it. Owns nothing. Main thread
 * only.
 */

#include "desktop/chat/file-words.h"

#include "desktop/text/words.h"

#include <glib/gi18n.h>
#include <string.h>

char *
guichet_file_problem (const char *reason, gint64 limit)
{
  g_autofree char *size = g_format_size ((guint64) limit);
  const char *words = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, reason);

  if (limit > 0 && g_str_equal (reason, "too_large"))
    return g_strdup_printf (_ ("A file may have %s at most."), size);
  if (limit > 0 && g_str_equal (reason, "files_too_large"))
    return g_strdup_printf (_ ("All files together may have %s at most."), size);
  if (words != NULL)
    return g_strdup (words);
  return guichet_words (GUICHET_WORDS_ERROR, GUICHET_WORDS_SENTENCE, reason);
}

char *
guichet_file_state (GuichetAttachment *file)
{
  const char *state = guichet_attachment_get_state (file);

  if (g_str_equal (state, "failed"))
    return guichet_file_problem (guichet_attachment_get_reason (file),
                                 guichet_attachment_get_limit (file));
  if (g_str_equal (state, "waiting"))
    return g_strdup (_ ("Waits for the connection"));
  return g_format_size ((guint64) guichet_attachment_get_size (file));
}

char *
guichet_file_missing (GuichetMessage *message)
{
  int coming = (int) guichet_message_get_coming (message);
  int lost = (int) guichet_message_get_lost (message);
  const char *why = guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                                        guichet_message_get_lost_reason (message));
  g_autofree char *awaited = NULL;
  g_autofree char *gone = NULL;

  if (coming > 0)
    awaited = g_strdup_printf (
        ngettext ("%d file is being fetched", "%d files are being fetched", (gulong) coming),
        coming);
  if (lost > 0)
    gone = g_strdup_printf (
        ngettext ("%d file could not be fetched", "%d files could not be fetched", (gulong) lost),
        lost);
  if (gone != NULL && why != NULL)
    {
      g_autofree char *both = g_strconcat (gone, ": ", why, NULL);

      return awaited != NULL ? g_strjoin (" · ", awaited, both, NULL) : g_steal_pointer (&both);
    }
  if (awaited != NULL && gone != NULL)
    return g_strjoin (" · ", awaited, gone, NULL);
  return awaited != NULL ? g_steal_pointer (&awaited) : g_steal_pointer (&gone);
}

gboolean
guichet_file_is_picture (GuichetAttachment *file)
{
  return g_str_has_prefix (guichet_attachment_get_kind (file), "image/");
}

const char *
guichet_file_icon (GuichetAttachment *file)
{
  static const char *const icons[][2] = {
    { "image/", "image-x-generic-symbolic" },
    { "audio/", "audio-x-generic-symbolic" },
    { "video/", "video-x-generic-symbolic" },
    { "text/", "text-x-generic-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_has_prefix (guichet_attachment_get_kind (file), icons[i][0]))
      return icons[i][1];
  return "x-office-document-symbolic";
}
