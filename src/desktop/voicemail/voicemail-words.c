/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words of what callers left. Pure functions.
 */

#include "desktop/voicemail/voicemail-words.h"

#include "client/voicemail-change.h"

#include <glib/gi18n.h>

char *
guichet_voicemail_words (GuichetVoicemail *voicemail)
{
  const char *name = guichet_voicemail_get_name (voicemail);
  const char *number = guichet_voicemail_get_number (voicemail);
  const char *who = *name != '\0' ? name : *number != '\0' ? number : _ ("Unknown caller");

  /* Translators: a voicemail box, who called */
  return g_strdup_printf (_ ("Voicemail %s: %s"), guichet_voicemail_get_box (voicemail), who);
}

typedef struct
{
  const char *box;
  guint n;
} Count;

static Count *
count_of (GArray *counts, const char *box)
{
  Count fresh = { box, 0 };

  for (guint i = 0; i < counts->len; i++)
    if (g_str_equal (g_array_index (counts, Count, i).box, box))
      return &g_array_index (counts, Count, i);
  g_array_append_val (counts, fresh);
  return &g_array_index (counts, Count, counts->len - 1);
}

char *
guichet_voicemail_counts (GuichetSession *session, guint *n)
{
  GListModel *list = guichet_session_get_voicemails (session);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (Count));
  GString *lines = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetVoicemail) voicemail = g_list_model_get_item (list, i);

      if (guichet_voicemail_get_heard (voicemail))
        continue;
      count_of (counts, guichet_voicemail_get_box (voicemail))->n++;
      (*n)++;
    }
  for (guint i = 0; i < counts->len; i++)
    {
      const Count *count = &g_array_index (counts, Count, i);

      if (lines->len > 0)
        g_string_append_c (lines, '\n');
      /* Translators: a voicemail box, how many messages in it nobody has heard */
      g_string_append_printf (lines,
                              ngettext ("Voicemail %s: %u new", "Voicemail %s: %u new", count->n),
                              count->box, count->n);
    }
  return g_string_free (lines, FALSE);
}
