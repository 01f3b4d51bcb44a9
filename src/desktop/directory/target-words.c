/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directory in words. Main thread only.
 */

#include "desktop/directory/target-words.h"

#include "desktop/text/reason.h"
#include "desktop/text/words.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

static const struct
{
  const char *presence;
  const char *icon;
} presences[] = {
  { "ready", "user-available-symbolic" },
  { "busy", "user-busy-symbolic" },
  { "on_break", "user-away-symbolic" },
  { "signed_out", "user-offline-symbolic" },
};

static const struct
{
  const char *kind;
  const char *icon;
  const char *words;
} kinds[] = {
  { "queue", "view-list-symbolic", N_ ("Queue") },
  { "team", "system-users-symbolic", N_ ("Team") },
  { "skill", "emblem-default-symbolic", N_ ("Skill") },
  { "entry_point", "network-server-symbolic", N_ ("Entry point") },
  { "speed_dial", "call-start-symbolic", N_ ("Speed dial") },
  { "contact", "avatar-default-symbolic", N_ ("Contact") },
  { "number", "input-dialpad-symbolic", N_ ("Number") },
};

void
guichet_target_show_icon (GuichetTarget *target, GtkImage *icon)
{
  const char *kind = guichet_target_get_kind (target);

  gtk_image_clear (icon);
  for (guint i = 0; i < G_N_ELEMENTS (presences); i++)
    {
      gboolean is = g_str_equal (presences[i].presence, guichet_target_get_presence (target));

      guichet_widget_set_class (GTK_WIDGET (icon), presences[i].presence, is);
      if (is)
        gtk_image_set_from_icon_name (icon, presences[i].icon);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      gtk_image_set_from_icon_name (icon, kinds[i].icon);
}

static void
add (GPtrArray *parts, const char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (parts, g_strdup (text));
}

static void
add_agent (GuichetSession *session, GuichetTarget *target, GPtrArray *parts)
{
  const char *reason = guichet_target_get_reason (target);
  g_autofree char *why = *reason != '\0' ? guichet_reason_words (session, reason) : NULL;

  add (parts, guichet_words_presence (guichet_target_get_presence (target)));
  add (parts, why);
  add (parts, guichet_target_get_team_name (target));
}

static void
add_count (GuichetTarget *target, GPtrArray *parts)
{
  gint64 of = guichet_target_get_of (target);
  gint64 waiting = guichet_target_get_waiting (target);

  if (of == 0)
    add (parts, _ ("nobody is there"));
  else
    g_ptr_array_add (parts,
                     /* Translators: of a group of agents: how many could take something now */
                     g_strdup_printf (g_dngettext (NULL, "%d of %d free", "%d of %d free",
                                                   (gulong) guichet_target_get_free (target)),
                                      (int) guichet_target_get_free (target), (int) of));
  if (waiting > 0)
    g_ptr_array_add (
        parts, g_strdup_printf (g_dngettext (NULL, "%d waiting", "%d waiting", (gulong) waiting),
                                (int) waiting));
}

static const char *
kind_words (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return gettext (kinds[i].words);
  return NULL;
}

char *
guichet_target_problem (GuichetTarget *target, const char *action)
{
  return guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                        guichet_target_get_action (target, action));
}

static const char *
short_words (const char *code)
{
  return guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SHORT, code);
}

static void
add_problem (GuichetTarget *target, const char *purpose, GPtrArray *parts)
{
  const char *code = guichet_target_get_action (target, purpose);

  if (*code != '\0' && !guichet_target_allows (target, purpose))
    add (parts, short_words (code));
}

/* Where a call that is transferred there would go. */
static void
add_voicemail (GuichetTarget *target, GPtrArray *parts)
{
  const char *code = guichet_target_get_to_voicemail (target);

  if (*code != '\0')
    /* Translators: why, then where a call goes: "Queue closed: to voicemail" */
    g_ptr_array_add (parts, g_strdup_printf (_ ("%s: to voicemail"), short_words (code)));
}

char *
guichet_target_words (GuichetSession *session, GuichetTarget *target, const char *purpose)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *kind = guichet_target_get_kind (target);
  GuichetTarget *way = purpose != NULL ? guichet_target_for (target, purpose) : target;

  if (purpose != NULL)
    add_problem (way, purpose, parts);
  if (purpose == NULL || g_str_equal (purpose, "transfer"))
    add_voicemail (target, parts);
  if (g_str_equal (kind, "agent"))
    add_agent (session, target, parts);
  else if (g_str_equal (kind, "contact"))
    add (parts, guichet_target_get_organisation (target));
  else
    add (parts, kind_words (kind));
  if (g_str_equal (kind, "queue") || g_str_equal (kind, "team") || g_str_equal (kind, "skill"))
    add_count (target, parts);
  else if (!g_str_equal (kind, "number"))
    add (parts, guichet_target_get_number (way));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}
