/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetClip: one table of fields; filled by clips.c. Main loop. */
#include "client/clip.h"

#include "client/fields.h"

struct _GuichetClip
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetClip, guichet_clip, GUICHET_TYPE_RECORD)

static const GuichetField clip_fields[N_CLIP_FIELDS] = {
  [CLIP_ID] = { "id", GUICHET_FIELD_STRING },
  [CLIP_LABEL] = { "label", GUICHET_FIELD_STRING },
  [CLIP_PERSONAL] = { "personal", GUICHET_FIELD_BOOL },
  [CLIP_TAGS] = { "tags", GUICHET_FIELD_STRV },
  [CLIP_SECONDS] = { "seconds", GUICHET_FIELD_DOUBLE },
  [CLIP_ARCHIVED] = { "archived", GUICHET_FIELD_BOOL },
  [CLIP_REVISION] = { "revision", GUICHET_FIELD_INT },
  [CLIP_VERSION] = { "version", GUICHET_FIELD_INT },
};

static void
guichet_clip_class_init (GuichetClipClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), clip_fields, N_CLIP_FIELDS);
}

static void
guichet_clip_init (GuichetClip *self)
{
}

double
guichet_clip_get_seconds (GuichetClip *self)
{
  return guichet_record_get_double (GUICHET_RECORD (self), CLIP_SECONDS);
}

GUICHET_RECORD_STRING (GuichetClip, guichet_clip, id, CLIP_ID)
GUICHET_RECORD_STRING (GuichetClip, guichet_clip, label, CLIP_LABEL)
GUICHET_RECORD_BOOL (GuichetClip, guichet_clip, personal, CLIP_PERSONAL)
GUICHET_RECORD_STRV (GuichetClip, guichet_clip, tags, CLIP_TAGS)
GUICHET_RECORD_BOOL (GuichetClip, guichet_clip, archived, CLIP_ARCHIVED)
GUICHET_RECORD_INT (GuichetClip, guichet_clip, revision, CLIP_REVISION)
