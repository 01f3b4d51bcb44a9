/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds that a leg or a bridge hears. Each time one begins, Asterisk gets another name for it, so
 * that a late end of the last one does not end this one. */
#include "server/voice/asterisk/convert.h"
#include "server/voice/asterisk/parts.h"

#include <glib/gstdio.h>

#include <string.h>

#define BEEPS_MS 2000
/* What fails so soon never sounded; later its leg is about to go. */
#define SOON_US (G_USEC_PER_SEC / 2)
/* One takes a millisecond; the moment may be as long as a processor does something else. */
#define SILENCE_ATTEMPTS 500

typedef struct
{
  Asterisk *engine;
  Side *side;
  char *request, *playback;
  char *leg, *bridge; /* one of them */
  char *media;        /* as Asterisk names it */
  guint round;
  gint64 began;
  GSource *end; /* of a tone that sounds, which does not end by itself; or NULL */
  gboolean loop;
  gboolean again;               /* cut off for something else: from its beginning */
  char *file;                   /* what Asterisk plays, to be removed; NULL: nothing of ours */
  struct _Unpacking *unpacking; /* while it is made, or NULL */
} Playing;

typedef struct _Unpacking
{
  Asterisk *engine; /* NULL: nobody waits for it any more */
  char *request, *file;
} Unpacking;

void
ari_playing_free (gpointer data)
{
  Playing *playing = data;

  if (playing->end != NULL)
    g_source_destroy (playing->end);
  g_clear_pointer (&playing->end, g_source_unref);
  if (playing->unpacking != NULL)
    playing->unpacking->engine = NULL;
  if (playing->file != NULL)
    g_unlink (playing->file);
  g_free (playing->file);
  g_free (playing->request);
  g_free (playing->playback);
  g_free (playing->leg);
  g_free (playing->bridge);
  g_free (playing->media);
  g_free (playing);
}

static char *
media_of (const AsteriskNode *config, const char *media)
{
  if (g_str_equal (media, "tone:ringback"))
    return g_strdup ("tone:ring");
  if (g_str_equal (media, "tone:confirm"))
    return g_strdup ("tone:800/150,0/150,800/150,0/1550");
  if (g_str_has_prefix (media, "file:/") && config->share != NULL)
    return g_strdup_printf ("sound:%s/guichet-%08x%08x", config->share, g_random_int (),
                            g_random_int ());
  if (g_str_has_prefix (media, "sound:") && strstr (media, "..") == NULL)
    return g_strconcat ("sound:", config->sounds != NULL ? config->sounds : "guichet/",
                        media + strlen ("sound:"), NULL);

  return NULL;
}

static Leg *
leg_of (const Playing *playing)
{
  return playing->leg != NULL ? g_hash_table_lookup (playing->engine->legs, playing->leg) : NULL;
}

static void
end (Playing *playing, VoiceCode code)
{
  Asterisk *engine = playing->engine;
  Leg *leg;

  if (code == VOICE_CODE_OK)
    ari_engine_done (engine, playing->request);
  else
    ari_engine_fail (engine, playing->request, code, NULL);
  leg = leg_of (playing);
  g_hash_table_remove (engine->plays, playing->request);
  if (leg != NULL)
    ari_leg_save_late (leg);
}

typedef struct
{
  char *uri;
  guint left; /* attempts */
} Silencing;

/* Asterisk answers 500 in the moment in which a sound begins, and plays on. */
static void
on_silenced (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Silencing *silencing = user_data;

  if (status / 100 == 5 && silencing->left-- > 0)
    {
      node_ask (node, "DELETE", silencing->uri, NULL, on_silenced, silencing);
      return;
    }
  g_free (silencing->uri);
  g_free (silencing);
}

static void
silence (Playing *playing)
{
  g_autofree char *playback =
      playing->playback != NULL ? ari_rest_escape (playing->playback) : NULL;
  Silencing *silencing;

  if (playback == NULL)
    return;
  silencing = g_new (Silencing, 1);
  silencing->uri = g_strconcat ("playbacks/", playback, NULL);
  silencing->left = SILENCE_ATTEMPTS;
  node_ask (playing->side->node, "DELETE", silencing->uri, NULL, on_silenced, silencing);
}

static gboolean
on_end (gpointer data)
{
  Playing *playing = data;

  silence (playing);
  end (playing, VOICE_CODE_OK);

  return G_SOURCE_REMOVE;
}

typedef struct
{
  Asterisk *engine;
  char *request;
} Beginning;

static void
on_begun (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Beginning *beginning = user_data;
  Playing *playing = g_hash_table_lookup (beginning->engine->plays, beginning->request);

  g_free (beginning->request);
  g_free (beginning);
  if (playing == NULL)
    return;
  if (status / 100 != 2)
    end (playing, ari_rest_code (status, playing->leg != NULL ? VOICE_CODE_NO_SUCH_LEG
                                                              : VOICE_CODE_NO_SUCH_BRIDGE));
  else if (g_str_has_prefix (playing->media, "tone:") && !playing->loop && playing->end == NULL)
    {
      playing->end = g_timeout_source_new (BEEPS_MS);
      g_source_set_callback (playing->end, on_end, playing, NULL);
      g_source_attach (playing->end, playing->engine->parent.context);
    }
}

static void
begin (Playing *playing, const char *path)
{
  g_autofree char *media = ari_rest_escape (playing->media);
  g_autofree char *playback = NULL, *uri = NULL;
  Beginning *beginning = g_new (Beginning, 1);

  playing->began = g_get_monotonic_time ();
  g_free (playing->playback);
  playing->playback = g_strdup_printf ("%s.%u", playing->request, ++playing->round);
  playback = ari_rest_escape (playing->playback);
  uri = g_strdup_printf ("%s/play/%s?media=%s", path, playback, media);
  beginning->engine = playing->engine;
  beginning->request = g_strdup (playing->request);
  node_ask (playing->side->node, "POST", uri, NULL, on_begun, beginning);
}

static const char *
path_of (const Playing *playing)
{
  Leg *leg = leg_of (playing);
  Bridge *bridge = playing->bridge != NULL
                       ? g_hash_table_lookup (playing->engine->bridges, playing->bridge)
                       : NULL;

  return leg != NULL ? leg->path : bridge != NULL ? bridge->path : NULL;
}

static void
on_unpacked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Unpacking *unpacking = user_data;
  gboolean good = convert_to_raw_finish (result, NULL);
  Playing *playing = unpacking->engine != NULL
                         ? g_hash_table_lookup (unpacking->engine->plays, unpacking->request)
                         : NULL;

  if (playing == NULL)
    g_unlink (unpacking->file);
  else
    {
      playing->unpacking = NULL;
      if (!good)
        end (playing, VOICE_CODE_NO_SUCH_MEDIA);
      else if (path_of (playing) != NULL)
        {
          playing->file = g_strdup (unpacking->file);
          begin (playing, path_of (playing));
        }
    }
  g_free (unpacking->request);
  g_free (unpacking->file);
  g_free (unpacking);
}

/* Asterisk has no way to be handed a file but a folder that both see. */
static void
unpack (Playing *playing, const char *from)
{
  Unpacking *unpacking = g_new (Unpacking, 1);

  unpacking->engine = playing->engine;
  unpacking->request = g_strdup (playing->request);
  unpacking->file = g_strconcat (playing->media + strlen ("sound:"), ".sln16", NULL);
  playing->unpacking = unpacking;
  convert_to_raw (unpacking->file, from, on_unpacked, unpacking);
}

static void
add (Asterisk *self, VoiceRequest *request, Side *side, const char *path)
{
  const AsteriskNode *config = node_get_config (side->node);
  g_autofree char *media = media_of (config, request->media);
  Playing *playing;

  if (g_hash_table_contains (self->plays, request->id))
    {
      ari_engine_fail (self, request->id, VOICE_CODE_EXISTS, NULL);
      return;
    }
  if (media == NULL)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_MEDIA, request->media);
      return;
    }
  playing = g_new0 (Playing, 1);
  playing->engine = self;
  playing->side = side;
  playing->request = g_strdup (request->id);
  playing->leg = g_strdup (request->leg);
  playing->bridge = g_strdup (request->bridge);
  playing->loop = request->loop;
  playing->media = g_steal_pointer (&media);
  g_hash_table_insert (self->plays, playing->request, playing);
  if (g_str_has_prefix (request->media, "file:"))
    unpack (playing, request->media + strlen ("file:"));
  else
    begin (playing, path);
}

void
ari_plays_handle_start (Asterisk *self, VoiceRequest *request)
{
  Bridge *bridge;
  Leg *leg;

  if (request->leg != NULL)
    {
      leg = ari_leg_find (self, request);
      if (leg != NULL && !ari_leg_waits (leg, request))
        add (self, request, leg->side, leg->path);
      return;
    }
  bridge = g_hash_table_lookup (self->bridges, request->bridge);
  if (bridge == NULL || bridge->side == NULL)
    ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_BRIDGE, NULL);
  else
    add (self, request, bridge->side, bridge->path);
}

void
ari_plays_handle_stop (Asterisk *self, VoiceRequest *request)
{
  Playing *playing = g_hash_table_lookup (self->plays, request->play);

  if (playing == NULL)
    {
      ari_engine_fail (self, request->id, VOICE_CODE_NO_SUCH_PLAY, NULL);
      return;
    }
  silence (playing);
  end (playing, VOICE_CODE_STOPPED);
  ari_engine_done (self, request->id);
}

static VoiceCode
why_failed (const Playing *playing, const Leg *leg)
{
  gboolean soon = g_get_monotonic_time () - playing->began < SOON_US;

  return soon && playing->round == 1 && (leg == NULL || !leg->hanging_up) ? VOICE_CODE_NO_SUCH_MEDIA
                                                                          : VOICE_CODE_STOPPED;
}

/* From its beginning. */
static void
sound_again (Playing *playing)
{
  const char *path = path_of (playing);
  Leg *leg = leg_of (playing);

  g_clear_pointer (&playing->playback, g_free);
  playing->again = FALSE;
  if (leg != NULL)
    ari_leg_save_late (leg);
  if (path != NULL)
    begin (playing, path);
  else
    end (playing, VOICE_CODE_STOPPED);
}

void
ari_plays_finished (Side *side, const char *playback, gboolean failed)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, side->engine->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Playing *playing = value;

      if (playing->side != side || g_strcmp0 (playing->playback, playback) != 0)
        continue;
      if (playing->again || (playing->loop && !failed))
        sound_again (playing);
      else
        end (playing, failed ? why_failed (playing, leg_of (playing)) : VOICE_CODE_OK);
      return;
    }
}

gboolean
ari_plays_sound (const Leg *leg)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, leg->engine->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Playing *playing = value;

      if (g_strcmp0 (playing->leg, leg->id) == 0 ||
          (leg->bridge != NULL && g_strcmp0 (playing->bridge, leg->bridge) == 0))
        return TRUE;
    }

  return FALSE;
}

gboolean
ari_plays_occupy (const Leg *leg)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, leg->engine->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Playing *playing = value;

      if (g_strcmp0 (playing->leg, leg->id) == 0 && playing->playback != NULL && !playing->again)
        return TRUE;
    }

  return FALSE;
}

/* It is cut off for what cannot wait for its end, and begins again after that. */
void
ari_plays_interrupt (Asterisk *self, const char *leg)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Playing *playing = value;

      if (g_strcmp0 (playing->leg, leg) != 0 || playing->playback == NULL || playing->again)
        continue;
      playing->again = TRUE;
      silence (playing);
    }
  if (g_hash_table_contains (self->legs, leg))
    ari_leg_save_late (g_hash_table_lookup (self->legs, leg));
}

void
ari_plays_end_of (Asterisk *self, const char *leg, const char *bridge)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Playing *playing = value;

      if (g_strcmp0 (playing->leg, leg) != 0 || g_strcmp0 (playing->bridge, bridge) != 0)
        continue;
      if (bridge != NULL)
        silence (playing);
      ari_engine_fail (self, playing->request, VOICE_CODE_STOPPED, NULL);
      g_hash_table_iter_remove (&iter);
    }
}

void
ari_plays_end_at (Side *side)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, side->engine->plays);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Playing *) value)->side == side)
      {
        ari_engine_fail (side->engine, ((Playing *) value)->request, VOICE_CODE_STOPPED, NULL);
        g_hash_table_iter_remove (&iter);
      }
}
