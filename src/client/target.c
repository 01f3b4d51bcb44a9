/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetTarget: one table of fields; filled by directory.c. Main loop. */
#include "client/target.h"

#include "client/fields/people.h"

struct _GuichetTarget
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetTarget, guichet_target, GUICHET_TYPE_RECORD)

static const GuichetField target_fields[N_TARGET_FIELDS] = {
  [TARGET_KIND] = { "kind", GUICHET_FIELD_STRING },
  [TARGET_ID] = { "id", GUICHET_FIELD_STRING },
  [TARGET_NAME] = { "name", GUICHET_FIELD_STRING },
  [TARGET_TEAM_NAME] = { "team-name", GUICHET_FIELD_STRING },
  [TARGET_ORGANISATION] = { "organisation", GUICHET_FIELD_STRING },
  [TARGET_NUMBERS] = { "numbers", GUICHET_FIELD_STRV },
  [TARGET_CHANNEL] = { "channel", GUICHET_FIELD_STRING },
  [TARGET_PRESENCE] = { "presence", GUICHET_FIELD_STRING },
  [TARGET_REASON] = { "reason", GUICHET_FIELD_STRING },
  [TARGET_SINCE] = { "since", GUICHET_FIELD_INT },
  [TARGET_WAITING] = { "waiting", GUICHET_FIELD_INT },
  [TARGET_FREE] = { "free", GUICHET_FIELD_INT },
  [TARGET_OF] = { "of", GUICHET_FIELD_INT },
  [TARGET_OWN] = { "own", GUICHET_FIELD_BOOL },
  [TARGET_FAVOURITE] = { "favourite", GUICHET_FIELD_BOOL },
  [TARGET_USED] = { "used", GUICHET_FIELD_INT },
  [TARGET_CALL] = { "call", GUICHET_FIELD_STRING },
  [TARGET_IM] = { "im", GUICHET_FIELD_STRING },
  [TARGET_CONSULT] = { "consult", GUICHET_FIELD_STRING },
  [TARGET_CONFERENCE] = { "conference", GUICHET_FIELD_STRING },
  [TARGET_TRANSFER] = { "transfer", GUICHET_FIELD_STRING },
  [TARGET_VOICEMAIL] = { "voicemail", GUICHET_FIELD_STRING },
  [TARGET_FORWARD] = { "forward", GUICHET_FIELD_STRING },
  [TARGET_BOX] = { "box", GUICHET_FIELD_STRING },
  [TARGET_TO_VOICEMAIL] = { "to-voicemail", GUICHET_FIELD_STRING },
  [TARGET_OTHERS] = { "others", GUICHET_FIELD_OBJECT, g_list_model_get_type },
};

static void
guichet_target_class_init (GuichetTargetClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), target_fields, N_TARGET_FIELDS);
}

static void
guichet_target_init (GuichetTarget *self)
{
}

GUICHET_RECORD_STRING (GuichetTarget, guichet_target, kind, TARGET_KIND)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, id, TARGET_ID)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, name, TARGET_NAME)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, team_name, TARGET_TEAM_NAME)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, organisation, TARGET_ORGANISATION)
GUICHET_RECORD_STRV (GuichetTarget, guichet_target, numbers, TARGET_NUMBERS)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, channel, TARGET_CHANNEL)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, box, TARGET_BOX)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, to_voicemail, TARGET_TO_VOICEMAIL)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, presence, TARGET_PRESENCE)
GUICHET_RECORD_STRING (GuichetTarget, guichet_target, reason, TARGET_REASON)
GUICHET_RECORD_INT (GuichetTarget, guichet_target, since, TARGET_SINCE)
GUICHET_RECORD_INT (GuichetTarget, guichet_target, waiting, TARGET_WAITING)
GUICHET_RECORD_INT (GuichetTarget, guichet_target, free, TARGET_FREE)
GUICHET_RECORD_INT (GuichetTarget, guichet_target, of, TARGET_OF)
GUICHET_RECORD_BOOL (GuichetTarget, guichet_target, own, TARGET_OWN)
GUICHET_RECORD_BOOL (GuichetTarget, guichet_target, favourite, TARGET_FAVOURITE)
GUICHET_RECORD_INT (GuichetTarget, guichet_target, used, TARGET_USED)

const char *
guichet_target_get_number (GuichetTarget *self)
{
  const char *const *numbers = guichet_target_get_numbers (self);

  return numbers[0] != NULL ? numbers[0] : "";
}

const char *
guichet_target_get_action (GuichetTarget *self, const char *action)
{
  for (guint field = TARGET_CALL; field < N_TARGET_FIELDS; field++)
    if (g_str_equal (target_fields[field].name, action))
      return guichet_record_get_string (GUICHET_RECORD (self), field);
  g_return_val_if_reached ("");
}

gboolean
guichet_target_allows (GuichetTarget *self, const char *action)
{
  return g_str_equal (guichet_target_get_action (self, action), "allowed");
}

GListModel *
guichet_target_get_others (GuichetTarget *self)
{
  return guichet_record_get_object (GUICHET_RECORD (self), TARGET_OTHERS);
}

GuichetTarget *
guichet_target_for (GuichetTarget *self, const char *action)
{
  GListModel *others = guichet_target_get_others (self);
  guint n = others != NULL ? g_list_model_get_n_items (others) : 0;

  for (guint i = 0; i < n && !guichet_target_allows (self, action); i++)
    {
      g_autoptr (GuichetTarget) other = g_list_model_get_item (others, i);

      if (guichet_target_allows (other, action))
        return other; /* the list keeps it */
    }
  return self;
}
