/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes of voicemail by keypad: who calls the centre's number for it keys a box and its PIN, each
 * ended by #, then hears the messages, new ones first. An agent's own phone is not asked for the
 * PIN of what the agent opens, and there # alone is the own box. 1 again, 2 next, 3 delete, * end.
 * Prompts are sounds of the centre ("voicemail-box", …); one that is not there is a tone. Not kept:
 * a restart of guichetd ends such a call. Centre's thread. */

#include "base/log.h"
#include "server/centre/keypad.h"
#include "server/centre/recordings.h"
#include "server/centre/voice-private.h"
#include "server/centre/voicemail.h"

#include <string.h>

#define PREFIX    "box-"
#define STOP      "box-stop-"
#define KEYS_MAX  12
#define TRIES     3
#define BOX_TRIES 9 /* in a row, over all calls: then nobody opens it by keypad for a while */
#define LOCKED_MS (15 * 60 * 1000)
#define SILENCE_S 30 /* without a sound and a key */

typedef enum
{
  STEP_BOX,
  STEP_PIN,
  STEP_CHECKING,
  STEP_HEARING,
  STEP_END
} Step;

typedef struct
{
  Centre *centre;
  char *leg;
  const char *agent; /* whose station calls (interned), or NULL */
  Step step;
  GString *keys;
  char *box;       /* NULL: there is none with that number, or none keyed */
  GPtrArray *list; /* Voicemail */
  guint at, wrong, plays;
  char *play; /* the request, or NULL: nothing is heard */
  guint silence;
} Caller;

/* Wrong ones in a row for a PIN of a box. */
typedef struct
{
  guint wrong;
  gint64 until; /* ms */
} Lock;

static void
caller_free (gpointer data)
{
  Caller *caller = data;

  g_clear_handle_id (&caller->silence, g_source_remove);
  g_string_free (caller->keys, TRUE);
  g_clear_pointer (&caller->list, g_ptr_array_unref);
  g_free (caller->leg);
  g_free (caller->box);
  g_free (caller->play);
  g_free (caller);
}

GHashTable *
voice_callers_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, caller_free);
}

static Caller *
caller_at (Centre *centre, const Leg *leg)
{
  return g_hash_table_lookup (centre->voice->callers, leg->name);
}

static void
hang_up (Caller *caller)
{
  Leg *leg = voice_leg (caller->centre, caller->leg);

  if (leg != NULL && !leg->hanging_up)
    voice_put_away (caller->centre, leg, VOICE_CAUSE_NORMAL);
}

/* --- what is heard ---------------------------------------------------------------------------- */

static gboolean
on_silence (gpointer user_data)
{
  Caller *caller = user_data;

  caller->silence = 0;
  hang_up (caller);

  return G_SOURCE_REMOVE;
}

static void
wait_for_key (Caller *caller)
{
  g_clear_handle_id (&caller->silence, g_source_remove);
  caller->silence = g_timeout_add_seconds (SILENCE_S, on_silence, caller);
}

static void
play (Caller *caller, const char *media)
{
  g_autofree char *id = g_strdup_printf (PREFIX "%s-%u", caller->leg, caller->plays++);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_PLAY, id);

  g_clear_handle_id (&caller->silence, g_source_remove);
  g_free (caller->play);
  caller->play = g_steal_pointer (&id);
  request->leg = g_strdup (caller->leg);
  request->media = g_strdup (media);
  centre_voice_submit (caller->centre, request);
}

static void
quiet (Caller *caller)
{
  g_autofree char *id = NULL;
  VoiceRequest *request;

  if (caller->play == NULL)
    return;
  id = g_strconcat (STOP, caller->play, NULL);
  request = voice_request_new (VOICE_REQUEST_PLAY_STOP, id);
  request->play = g_steal_pointer (&caller->play);
  centre_voice_submit (caller->centre, request);
}

static void
ask (Caller *caller, Step step, const char *prompt)
{
  caller->step = step;
  g_string_truncate (caller->keys, 0);
  play (caller, prompt);
}

gboolean
voice_boxes_over (Centre *centre, const VoiceEvent *event)
{
  GHashTableIter iter;
  gpointer value;

  if (!g_str_has_prefix (event->request, PREFIX))
    return FALSE;
  g_hash_table_iter_init (&iter, centre->voice->callers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Caller *caller = value;

      if (g_strcmp0 (caller->play, event->request) != 0)
        continue;
      g_clear_pointer (&caller->play, g_free);
      if (event->code == VOICE_CODE_NO_SUCH_MEDIA)
        play (caller, "tone:confirm");
      else if (caller->step == STEP_END)
        hang_up (caller);
      else
        wait_for_key (caller);
      break;
    }

  return TRUE;
}

/* --- the messages ----------------------------------------------------------------------------- */

static void
on_written (gpointer user_data)
{
}

static void
set (Caller *caller, const Voicemail *voicemail, StoreBatch *batch)
{
  voicemail_set (caller->centre, voicemail, caller->agent, batch, on_written, NULL);
}

static void
hear (Caller *caller)
{
  Voicemail *voicemail;
  StoreBatch *batch;
  g_autofree char *path = NULL;
  g_autofree char *media = NULL;

  if (caller->at >= caller->list->len)
    {
      ask (caller, STEP_END, "sound:voicemail-end");
      return;
    }
  voicemail = g_ptr_array_index (caller->list, caller->at);
  voicemail->heard = TRUE;
  batch = store_batch_new ();
  /* Who it is, is known of an agent's station alone. */
  store_batch_add (batch, STORE_AUDIT_ADD, centre_now (caller->centre),
                   caller->agent != NULL ? caller->agent : "keypad", "voicemail_heard",
                   voicemail->interaction, voicemail->id);
  set (caller, voicemail, batch);
  path = recordings_path (centre_recordings (caller->centre), voicemail->id);
  media = g_strconcat ("file:", path, NULL);
  play (caller, media);
}

static void
message_key (Caller *caller, char key)
{
  if (key == '*')
    {
      hang_up (caller);
      return;
    }
  if (key == '3')
    {
      Voicemail *voicemail = g_ptr_array_index (caller->list, caller->at);

      voicemail->deleted = centre_now (caller->centre);
      set (caller, voicemail, store_batch_new ());
    }
  if (key < '1' || key > '3')
    return;
  caller->at += key != '1';
  quiet (caller);
  hear (caller);
}

/* New ones first, each kind as it came. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const Voicemail *one = *(Voicemail *const *) a, *other = *(Voicemail *const *) b;

  if (one->heard != other->heard)
    return one->heard ? 1 : -1;

  return one->at < other->at ? -1 : one->at > other->at;
}

static void
open_box (Caller *caller)
{
  caller->list = voicemail_in (caller->centre, caller->box);
  g_ptr_array_sort (caller->list, compare);
  caller->step = STEP_HEARING;
  hear (caller);
}

/* --- box and PIN ------------------------------------------------------------------------------ */

/* Whether it is the phone of an agent who opens this box. */
static gboolean
is_known (const Caller *caller, const ModelVoicemailBox *box)
{
  return caller->agent != NULL && voicemail_is_open_to (caller->centre, box->id, caller->agent);
}

static const ModelVoicemailBox *
box_keyed (const Caller *caller)
{
  const ModelDefinitions *definitions = centre_definitions (caller->centre);
  const GPtrArray *boxes = definitions->voicemail_boxes;

  if (caller->keys->len == 0)
    return caller->agent != NULL ? model_definitions_voicemail_of (definitions, caller->agent)
                                 : NULL;
  for (guint i = 0; boxes != NULL && i < boxes->len; i++)
    {
      const ModelVoicemailBox *box = g_ptr_array_index (boxes, i);

      if (g_strcmp0 (box->key, caller->keys->str) == 0)
        return box;
    }

  return NULL;
}

/* A new PIN begins anew. */
static Lock *
lock_of (Centre *centre, const char *box, const char *hash)
{
  g_autofree char *key = g_strjoin (" ", box, hash, NULL);
  Lock *lock = g_hash_table_lookup (centre->voice->locks, key);

  if (lock != NULL)
    return lock;
  lock = g_new0 (Lock, 1);
  g_hash_table_insert (centre->voice->locks, g_steal_pointer (&key), lock);

  return lock;
}

static void
refuse (Caller *caller)
{
  caller->wrong++;
  base_log (BASE_LOG_WARNING, "voice", "voicemail_pin_wrong", "leg", caller->leg, "box",
            caller->box != NULL ? caller->box : "-", NULL);
  ask (caller, caller->wrong < TRIES ? STEP_BOX : STEP_END, "sound:voicemail-wrong");
}

typedef struct
{
  Centre *centre;
  char *leg, *hash, *pin;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  explicit_bzero (check->pin, strlen (check->pin));
  g_free (check->leg);
  g_free (check->hash);
  g_free (check->pin);
  g_free (check);
}

static void
on_check (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Check *check = data;

  g_task_return_boolean (task, password_verify (check->hash, check->pin));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const Check *check = g_task_get_task_data (G_TASK (result));
  const gboolean right = g_task_propagate_boolean (G_TASK (result), NULL);
  Centre *centre = check->centre;
  Caller *caller = g_hash_table_lookup (centre->voice->callers, check->leg);
  Lock *lock;

  if (caller == NULL || caller->step != STEP_CHECKING)
    return;
  lock = lock_of (centre, caller->box, check->hash);
  lock->wrong = right ? 0 : lock->wrong + 1;
  if (lock->wrong >= BOX_TRIES)
    *lock = (Lock){ .until = centre_now (centre) + LOCKED_MS };
  if (right)
    open_box (caller);
  else
    refuse (caller);
}

static void
check_pin (Caller *caller)
{
  const ModelVoicemailBox *box =
      caller->box != NULL
          ? model_definitions_voicemail_box (centre_definitions (caller->centre), caller->box)
          : NULL;
  g_autofree char *hash = box != NULL ? keypad_pin (caller->centre, box) : NULL;
  g_autoptr (GTask) task = NULL;
  Check *check;

  if (hash == NULL ||
      lock_of (caller->centre, caller->box, hash)->until > centre_now (caller->centre))
    {
      refuse (caller);
      return;
    }
  caller->step = STEP_CHECKING;
  check = g_new0 (Check, 1);
  check->centre = caller->centre;
  check->leg = g_strdup (caller->leg);
  check->hash = g_steal_pointer (&hash);
  check->pin = g_strdup (caller->keys->str);
  task = g_task_new (NULL, NULL, on_checked, NULL);
  g_task_set_task_data (task, check, check_free);
  g_task_run_in_thread (task, on_check);
}

static void
digit (Caller *caller, char key)
{
  const ModelVoicemailBox *box;

  quiet (caller);
  wait_for_key (caller);
  if (key != '#')
    {
      if (g_ascii_isdigit (key) && caller->keys->len < KEYS_MAX)
        g_string_append_c (caller->keys, key);
      return;
    }
  if (caller->step == STEP_PIN)
    {
      check_pin (caller);
      return;
    }
  box = box_keyed (caller);
  g_free (caller->box);
  caller->box = box != NULL ? g_strdup (box->id) : NULL;
  if (box != NULL && is_known (caller, box))
    open_box (caller);
  else
    ask (caller, STEP_PIN, "sound:voicemail-pin");
}

/* --- the call --------------------------------------------------------------------------------- */

gboolean
voice_boxes_take (Centre *centre, Leg *leg, const char *number)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const char *own = definitions != NULL ? definitions->settings.voicemail_number : NULL;
  Caller *caller;

  if (own == NULL || g_strcmp0 (own, number) != 0 || centre->voice->closed)
    return FALSE;
  caller = g_new0 (Caller, 1);
  caller->centre = centre;
  caller->leg = g_strdup (leg->name);
  caller->agent = leg->agent;
  caller->keys = g_string_new (NULL);
  g_hash_table_insert (centre->voice->callers, caller->leg, caller);
  leg->answering = TRUE;
  centre_voice_submit (centre, voice_leg_request (VOICE_REQUEST_ANSWER, leg, NULL));

  return TRUE;
}

gboolean
voice_boxes_answered (Centre *centre, Leg *leg)
{
  Caller *caller = caller_at (centre, leg);

  if (caller == NULL)
    return FALSE;
  leg->up = TRUE;
  ask (caller, STEP_BOX, "sound:voicemail-box");

  return TRUE;
}

gboolean
voice_boxes_key (Centre *centre, const Leg *leg, const char *digits)
{
  Caller *caller = caller_at (centre, leg);

  if (caller == NULL || leg->hanging_up)
    return FALSE;
  if (caller->step == STEP_HEARING)
    message_key (caller, *digits);
  else if (caller->step == STEP_BOX || caller->step == STEP_PIN)
    digit (caller, *digits);

  return TRUE;
}

void
voice_boxes_ended (Centre *centre, const Leg *leg)
{
  g_hash_table_remove (centre->voice->callers, leg->name);
}
