/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of an offer, the same on its cards and its notification. Main thread only.
 */

#include "desktop/offers/offer-words.h"

#include "desktop/text/who.h"

#include <glib/gi18n.h>

gboolean
guichet_offer_is_connecting (GuichetOffer *offer)
{
  return !g_str_equal (guichet_offer_get_stage (offer), "request");
}

gboolean
guichet_offer_is_chat (GuichetOffer *offer)
{
  return !g_str_equal (guichet_offer_get_channel (offer), "voice");
}

static int
group_of (GuichetOffer *offer)
{
  static const struct
  {
    const char *channel;
    int group;
  } groups[] = { { "email", 0 }, { "facebook", 1 }, { "instagram", 1 }, { "voice", 3 } };
  const char *channel = guichet_offer_get_channel (offer);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i].channel, channel))
      return groups[i].group;
  return 2;
}

int
guichet_offer_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  GuichetOffer *first = (GuichetOffer *) a;
  GuichetOffer *second = (GuichetOffer *) b;
  gint64 before = guichet_offer_get_created_at (first);
  gint64 after = guichet_offer_get_created_at (second);

  if (group_of (first) != group_of (second))
    return group_of (first) - group_of (second);
  return before < after ? -1 : before > after;
}

gboolean
guichet_offer_is_missing (GuichetOffer *offer)
{
  return g_str_equal (guichet_offer_get_call_state (offer), "missing");
}

/* Another agent asks for help with what he or she has in hand. */
static gboolean
asks (GuichetOffer *offer, const char *kind)
{
  return g_str_equal (guichet_offer_get_kind (offer), kind) &&
         !g_str_equal (guichet_offer_get_channel (offer), "im");
}

gboolean
guichet_offer_is_internal (GuichetOffer *offer)
{
  return g_str_equal (guichet_offer_get_direction (offer), "internal") &&
         !guichet_offer_is_chat (offer) && asks (offer, "conference");
}

gboolean
guichet_offer_asks (GuichetOffer *offer)
{
  return asks (offer, "consult") || asks (offer, "conference");
}

const char *
guichet_offer_title (GuichetOffer *offer)
{
  if (g_str_equal (guichet_offer_get_channel (offer), "im"))
    return _ ("Writes to you");
  if (guichet_offer_is_internal (offer))
    return _ ("Internal call");
  if (asks (offer, "consult"))
    return _ ("Consult");
  if (asks (offer, "conference"))
    return guichet_offer_is_chat (offer) ? _ ("Invitation to a conversation")
                                         : _ ("Invitation to a conference");
  if (group_of (offer) == 0)
    return _ ("Incoming e-mail");
  if (group_of (offer) == 1 || g_str_equal (guichet_offer_get_channel (offer), "sms"))
    return _ ("Incoming message");
  if (guichet_offer_is_chat (offer))
    return _ ("Incoming chat");
  return guichet_offer_is_connecting (offer) ? _ ("Connecting a call") : _ ("Incoming call");
}

static char *
what_it_is (GuichetOffer *offer)
{
  const char *queue = guichet_offer_get_queue_name (offer);
  const char *from = guichet_offer_get_from_name (offer);

  if (guichet_offer_is_internal (offer) && *from != '\0')
    /* Translators: %s is the agent who calls a colleague */
    return g_strdup_printf (_ ("Internal call from %s"), from);
  if (asks (offer, "consult") && *from != '\0')
    /* Translators: %s is the agent who asks for advice */
    return g_strdup_printf (_ ("Consult from %s"), from);
  if (asks (offer, "conference") && *from != '\0')
    /* Translators: %s is the agent who asks another one to join the customer */
    return g_strdup_printf (_ ("Invitation from %s"), from);
  return g_strjoin (" · ", guichet_offer_title (offer), *queue != '\0' ? queue : NULL, NULL);
}

char *
guichet_offer_what (GuichetOffer *offer)
{
  g_autofree char *what = what_it_is (offer);
  g_autofree char *by = guichet_who_forwarded (guichet_offer_get_forwarded_by (offer));

  return g_strjoin (" · ", what, by, NULL);
}

char *
guichet_offer_from (GuichetOffer *offer)
{
  /* Who writes or asks is named before. */
  if (g_str_equal (guichet_offer_get_channel (offer), "im") || guichet_offer_asks (offer))
    return *guichet_offer_get_from_team (offer) != '\0'
               ? g_strdup (guichet_offer_get_from_team (offer))
               : NULL;
  return guichet_who_from (guichet_offer_get_from_name (offer),
                           guichet_offer_get_from_team (offer));
}

char *
guichet_offer_spoken (GuichetSession *session, GuichetOffer *offer)
{
  const char *status = guichet_offer_status (session, offer);
  g_autofree char *from = guichet_offer_from (offer);
  g_autofree char *what = guichet_offer_what (offer);
  g_autofree char *who = guichet_who_offer (offer);

  return g_strjoin (", ", what, who,
                    status != NULL                               ? status
                    : from != NULL                               ? from
                    : *guichet_offer_get_subject (offer) != '\0' ? guichet_offer_get_subject (offer)
                                                                 : NULL,
                    NULL);
}

static const char *
connecting_status (const char *station)
{
  if (g_str_equal (station, "desk_phone"))
    return _ ("Calling your desk phone…");
  if (g_str_equal (station, "outside_number"))
    return _ ("Calling your outside number…");
  return _ ("Your phone will ring in a moment…");
}

/* Who answers a call that the agent need not answer. */
static const char *
answered_status (GuichetSession *session)
{
  if (g_str_equal (guichet_session_get_auto_accept_mode (session), "on"))
    return _ ("The centre answers this call for you…");
  return _ ("Answered for you…");
}

const char *
guichet_offer_status (GuichetSession *session, GuichetOffer *offer)
{
  const char *station = guichet_session_get_station (session);
  gboolean softphone = g_str_equal (station, "softphone");

  if (guichet_offer_is_chat (offer))
    return guichet_offer_get_auto_accept (offer) ? _ ("Accepted for you…") : NULL;
  if (guichet_offer_is_missing (offer))
    return _ ("The phone of this computer does not ring. The call will be taken back; it does not "
              "count as missed.");
  if (guichet_offer_is_connecting (offer) && !(softphone && guichet_offer_get_auto_accept (offer)))
    return connecting_status (station);
  if (g_str_equal (station, "desk_phone"))
    return _ ("Answer on your desk phone");
  if (g_str_equal (station, "outside_number"))
    return _ ("Answer on your phone, then press 1");
  if (guichet_offer_get_auto_accept (offer))
    return answered_status (session);
  if (g_str_equal (guichet_offer_get_call_state (offer), "answering"))
    return _ ("Answering…");
  return NULL;
}
