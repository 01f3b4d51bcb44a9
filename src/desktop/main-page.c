/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page of a signed-in agent. Says in banners what stands (the link is away, the phone has a
 * problem) and what just happened to an offer or a call. Main thread only.
 */

#include "client/im.h"
#include "desktop/chat/chat-words.h"
#include "desktop/chat/im-words.h"
#include "desktop/main-page.h"

#include "desktop/activity/activity-view.h"
#include "desktop/chat/unsent-bar.h"
#include "desktop/desk/desk-view.h"
#include "desktop/header/forward-button.h"
#include "desktop/header/header-room.h"
#include "desktop/header/parked-button.h"
#include "desktop/header/queues-button.h"
#include "desktop/header/state-button.h"
#include "desktop/notices/notices-button.h"
#include "desktop/offers/offer-stack.h"
#include "desktop/offers/offer-words.h"
#include "desktop/offers/unread-pill.h"
#include "desktop/shortcuts.h"
#include "desktop/supervision/monitor-bar.h"
#include "desktop/supervision/supervision-page.h"
#include "desktop/team/team-view.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetMainPage
{
  GtkWidget parent_instance;

  GtkWidget *page;
  GtkWidget *header;
  GtkOverlay *overlay;
  GuichetStateButton *state;
  GuichetQueuesButton *queues;
  GuichetForwardButton *forward;
  GuichetParkedButton *parked;
  GuichetNoticesButton *notices;
  AdwViewSwitcher *switcher;
  AdwViewSwitcherBar *bottom;
  GtkLabel *centre;
  GtkWidget *search;
  GuichetBanner *link_banner;
  GuichetBanner *phone_banner;
  GuichetBanner *event_banner;
  GuichetUnsentBar *unsent;
  GtkBox *monitor;
  AdwViewStack *views;
  GuichetDeskView *desk;
  GuichetTeamView *team;
  GuichetSupervisionView *supervision; /* seen by supervisors alone */
  GuichetOfferStack *offers;
  GuichetUnreadPill *unread;

  GuichetSession *session;
  GuichetHeaderRoom room;
  guint tight_id;
  gboolean told_answered; /* the banner says that a call was answered by itself */
};

G_DEFINE_FINAL_TYPE (GuichetMainPage, guichet_main_page, GTK_TYPE_WIDGET)

/* --- link and phone --------------------------------------------------------------------------- */

static void
show_link (GuichetMainPage *self)
{
  g_autofree char *store = NULL;

  g_object_get (self->session, "store-problem", &store, NULL);
  if (!guichet_session_get_link_up (self->session))
    guichet_banner_show (self->link_banner, GUICHET_BANNER_WARNING,
                         _ ("The link to the centre is away; reconnecting. A call goes on, and "
                            "what you type is kept. "
                            "States, hold and wrap-up wait until the link is back."),
                         NULL);
  else if (g_strcmp0 (store, "newer") == 0)
    guichet_banner_show (self->link_banner, GUICHET_BANNER_WARNING,
                         _ ("A newer version of Guichet was used on this computer. This one cannot "
                            "keep what you type if the desk closes."),
                         NULL);
  else if (store != NULL && *store != '\0')
    guichet_banner_show (self->link_banner, GUICHET_BANNER_WARNING,
                         _ ("This computer cannot keep what you type if the desk closes. Free some "
                            "space on the disk."),
                         NULL);
  else
    guichet_banner_hide (self->link_banner);
}

/* The one problem that matters most, or NULL. */
static const char *
phone_problem (GuichetMainPage *self, GuichetPhone *phone)
{
  const char *const *problems = guichet_phone_get_problems (phone);

  if (!g_str_equal (guichet_session_get_station (self->session), "softphone"))
    return NULL;
  if (!guichet_phone_get_present (phone))
    return "not_running";
  if (problems != NULL && problems[0] != NULL)
    return problems[0];
  if (g_str_equal (guichet_phone_get_registration (phone), "failed"))
    return guichet_phone_get_registration_reason (phone);
  return NULL;
}

/* Whose desk it is, where there is room; the window's title says it too. */
static void
show_centre (GuichetMainPage *self)
{
  const char *name = guichet_session_get_centre_name (self->session);

  gtk_label_set_text (self->centre, name);
  guichet_widget_set_tip (GTK_WIDGET (self->centre), name);
  gtk_widget_set_visible (GTK_WIDGET (self->centre), *name != '\0' && !self->room.snug);
}

static void
show_phone (GuichetMainPage *self)
{
  GuichetPhone *phone = guichet_session_get_phone (self->session);
  const char *problem = phone != NULL ? phone_problem (self, phone) : NULL;
  g_autofree char *text = NULL;

  if (problem == NULL)
    {
      guichet_banner_hide (self->phone_banner);
      return;
    }
  text = guichet_words (GUICHET_WORDS_PHONE, GUICHET_WORDS_SENTENCE, problem);
  guichet_banner_show (self->phone_banner, GUICHET_BANNER_WARNING, text,
                       g_str_equal (problem, "not_running") ? NULL : _ ("Sound settings"));
}

static void
on_phone_button (GuichetMainPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.settings", NULL);
}

/* --- what happened ---------------------------------------------------------------------------- */

static void
on_offer_ended (GuichetMainPage *self, GuichetOffer *offer, const char *outcome, const char *reason)
{
  g_autofree char *who = guichet_who_offer (offer);
  g_autofree char *why = NULL;
  g_autofree char *text = NULL;

  if (guichet_offer_get_answered (offer) && g_str_equal (outcome, "accepted"))
    {
      text = g_strdup_printf (_ ("%s: answered for you. You are connected."), who);
      guichet_banner_show (self->event_banner, GUICHET_BANNER_INFO, text, _ ("Close"));
      self->told_answered = TRUE;
      return;
    }
  if (g_str_equal (outcome, "accepted") || g_str_equal (outcome, "declined"))
    {
      guichet_banner_hide (self->event_banner);
      /* Whoever answered over another page wants the call before him. */
      if (g_str_equal (outcome, "accepted"))
        adw_view_stack_set_visible_child_name (self->views, "desk");
      return;
    }
  if (g_str_equal (guichet_offer_get_channel (offer), "im"))
    {
      text = guichet_im_not_taken (who, outcome);
      guichet_banner_show (self->event_banner, GUICHET_BANNER_INFO, text, _ ("Close"));
      return;
    }
  if (guichet_offer_is_chat (offer) && g_strcmp0 (reason, "customer_left") == 0)
    why = g_strdup (_ ("The customer has left the chat."));
  else
    why = guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, reason);
  text = g_strdup_printf (_ ("%s: %s"), who, why);
  guichet_banner_show (self->event_banner, GUICHET_BANNER_INFO, text, _ ("Close"));
}

/* What was said of the offer before is over with the next one. */
static void
on_offers (GListModel *offers, guint position, guint removed, guint added, GuichetMainPage *self)
{
  if (added == 0)
    return;
  self->told_answered = FALSE;
  guichet_banner_hide (self->event_banner);
}

static void
on_event_button (GuichetMainPage *self)
{
  guichet_banner_hide (self->event_banner);
}

static void
on_interaction_changed (GuichetMainPage *self, GuichetInteraction *interaction, const char *cause)
{
  g_autofree char *who = NULL;
  g_autofree char *text = NULL;
  const char *why;

  if (self->told_answered && !g_str_equal (guichet_interaction_get_phase (interaction), "active"))
    {
      self->told_answered = FALSE;
      guichet_banner_hide (self->event_banner);
    }
  /* The call view says it itself. */
  if (!g_str_equal (cause, "customer_left") || guichet_desk_view_shows (self->desk, interaction))
    return;
  if (guichet_im_is (interaction))
    {
      g_autofree char *ended = guichet_im_ended (interaction);

      guichet_toast (GTK_WIDGET (self), ended);
      return;
    }
  why = guichet_interaction_get_messages (interaction) != NULL
            ? guichet_chat_left (interaction)
            : guichet_words_find (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE,
                                  guichet_interaction_get_customer_left_cause (interaction));
  who = guichet_who_interaction (interaction);
  text = g_strdup_printf (_ ("%s: %s"), who, why != NULL ? why : _ ("The customer hung up."));
  guichet_toast (GTK_WIDGET (self), text);
}

/* A call of the agent's own that nobody took leaves nothing but this to be read. */
static void
on_interaction_closed (GuichetMainPage *self, GuichetInteraction *interaction)
{
  GListModel *recent = guichet_session_get_recent (self->session);

  if (!g_str_equal (guichet_interaction_get_phase (interaction), "dialling"))
    return;
  for (guint i = 0; i < g_list_model_get_n_items (recent); i++)
    {
      g_autoptr (GuichetRecent) row = g_list_model_get_item (recent, i);
      g_autofree char *who = NULL;
      g_autofree char *why = NULL;
      g_autofree char *text = NULL;

      if (g_strcmp0 (guichet_recent_get_interaction (row),
                     guichet_interaction_get_id (interaction)) != 0)
        continue;
      who = guichet_who_interaction (interaction);
      why = guichet_words (GUICHET_WORDS_NOT_REACHED, GUICHET_WORDS_SENTENCE,
                           guichet_recent_get_reason (row));
      text = g_strdup_printf ("%s: %s", who, why);
      guichet_toast (GTK_WIDGET (self), text);
      return;
    }
}

/* A supervisor did something for the agent. */
static void
on_supervised (GuichetMainPage *self, const char *name, const char *what, const char *channel)
{
  g_autofree char *text = guichet_supervision_words (name, what, channel);

  if (text != NULL)
    guichet_banner_show (self->event_banner, GUICHET_BANNER_INFO, text, _ ("Close"));
}

static void
on_command_failed (GuichetMainPage *self, const char *interaction, const char *reason)
{
  g_autofree char *text = guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, reason);

  guichet_toast (GTK_WIDGET (self), text);
}

/* --- the cards -------------------------------------------------------------------------------- */

/* In the corner; but nothing lies over the field in which the agent writes. */
static gboolean
on_cards_position (GtkOverlay *overlay,
                   GtkWidget *cards,
                   GdkRectangle *place,
                   GuichetMainPage *self)
{
  GtkWidget *field = guichet_desk_view_get_field (self->desk);
  graphene_rect_t at;
  int needed, high;

  if (cards != GTK_WIDGET (self->offers))
    return FALSE;
  *place = (GdkRectangle){ 0, 0, gtk_widget_get_width (GTK_WIDGET (overlay)),
                           gtk_widget_get_height (GTK_WIDGET (overlay)) };
  gtk_widget_measure (cards, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL, NULL);
  gtk_widget_measure (cards, GTK_ORIENTATION_VERTICAL, needed, &high, NULL, NULL, NULL);
  if (field != NULL && gtk_widget_get_mapped (field) &&
      gtk_widget_compute_bounds (field, GTK_WIDGET (overlay), &at) &&
      (int) (at.origin.x + at.size.width) > place->width - needed && (int) at.origin.y >= high)
    place->height = (int) at.origin.y;
  return TRUE;
}

/* --- class ------------------------------------------------------------------------------------ */

static void
show_view (GuichetMainPage *self, const char *name)
{
  adw_view_stack_set_visible_child_name (self->views, name);
}

static void
on_show_im (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GuichetMainPage *self = GUICHET_MAIN_PAGE (widget);
  GuichetInteraction *interaction =
      guichet_session_find_im (self->session, g_variant_get_string (parameter, NULL));

  show_view (self, "desk");
  if (interaction != NULL)
    guichet_desk_view_select (self->desk, interaction);
}

void
guichet_main_page_perform (GuichetMainPage *self, const char *action)
{
  if (g_strv_contains ((const char *const[]){ "answer", "decline", "accept-all", NULL }, action))
    guichet_offer_stack_perform (self->offers, action);
  else if (g_str_equal (action, "available") || g_str_equal (action, "idle"))
    guichet_state_button_perform (self->state, action);
  else if (g_str_equal (action, "queues"))
    guichet_queues_button_popup (self->queues);
  else if (g_str_equal (action, "parked"))
    guichet_parked_button_open (self->parked);
  else if (g_str_equal (action, "desk") || g_str_equal (action, "activity"))
    show_view (self, action);
  else if (g_str_equal (action, "team"))
    {
      show_view (self, action);
      guichet_team_view_search (self->team);
    }
  else if (g_str_equal (action, "supervision"))
    {
      if (!guichet_session_is_supervisor (self->session))
        return;
      show_view (self, action);
      guichet_supervision_view_search (self->supervision);
    }
  else
    {
      show_view (self, "desk");
      guichet_desk_view_perform (self->desk, action);
    }
}

void
guichet_main_page_work_on (GuichetMainPage *self, GuichetInteraction *interaction)
{
  show_view (self, "desk");
  guichet_desk_view_select (self->desk, interaction);
}

static gboolean
refresh_tight (gpointer data)
{
  GuichetMainPage *self = data;

  self->tight_id = 0;
  gtk_widget_set_visible (gtk_header_bar_get_title_widget (GTK_HEADER_BAR (self->header)),
                          !self->room.tight);
  adw_view_switcher_set_policy (self->switcher, self->room.snug ? ADW_VIEW_SWITCHER_POLICY_NARROW
                                                                : ADW_VIEW_SWITCHER_POLICY_WIDE);
  adw_view_switcher_bar_set_reveal (self->bottom, self->room.tight);
  show_centre (self);
  guichet_state_button_set_tight (self->state, self->room.tight);
  return G_SOURCE_REMOVE;
}

static void
guichet_main_page_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gtk_widget_measure (GUICHET_MAIN_PAGE (widget)->page, orientation, for_size, minimum, natural,
                      NULL, NULL);
}

static void
guichet_main_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GuichetMainPage *self = GUICHET_MAIN_PAGE (widget);

  gtk_widget_allocate (self->page, width, height, -1, NULL);
  /* Not from inside an allocation. */
  if (self->tight_id == 0 &&
      guichet_header_room_fit (&self->room, self->header, GTK_WIDGET (self->switcher), width))
    self->tight_id = g_idle_add (refresh_tight, self);
}

static void
guichet_main_page_dispose (GObject *object)
{
  GuichetMainPage *self = GUICHET_MAIN_PAGE (object);

  g_clear_handle_id (&self->tight_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_main_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetMainPage, name)

static void
guichet_main_page_class_init (GuichetMainPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_main_page_dispose;
  widget_class->measure = guichet_main_page_measure;
  widget_class->size_allocate = guichet_main_page_size_allocate;
  gtk_widget_class_install_action (widget_class, "main.show-im", "s", on_show_im);
  g_type_ensure (GUICHET_TYPE_STATE_BUTTON);
  g_type_ensure (GUICHET_TYPE_QUEUES_BUTTON);
  g_type_ensure (GUICHET_TYPE_NOTICES_BUTTON);
  g_type_ensure (GUICHET_TYPE_FORWARD_BUTTON);
  g_type_ensure (GUICHET_TYPE_PARKED_BUTTON);
  g_type_ensure (GUICHET_TYPE_BANNER);
  g_type_ensure (GUICHET_TYPE_UNSENT_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guichet/Guichet/main-page.ui");
  BIND (page);
  BIND (header);
  BIND (overlay);
  BIND (state);
  BIND (queues);
  BIND (forward);
  BIND (parked);
  BIND (notices);
  BIND (switcher);
  BIND (bottom);
  BIND (centre);
  BIND (search);
  BIND (link_banner);
  BIND (phone_banner);
  BIND (event_banner);
  BIND (unsent);
  BIND (monitor);
  BIND (views);
}

static void
guichet_main_page_init (GuichetMainPage *self)
{
  GtkWidget *banners[4];

  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_shortcuts_set_tip (self->search, _ ("Search everything"), "win.search");
  banners[0] = GTK_WIDGET (self->link_banner);
  banners[1] = GTK_WIDGET (self->phone_banner);
  banners[2] = GTK_WIDGET (self->event_banner);
  banners[3] = GTK_WIDGET (self->unsent);
  for (guint i = 0; i < G_N_ELEMENTS (banners); i++)
    {
      gtk_widget_set_margin_start (banners[i], 6);
      gtk_widget_set_margin_end (banners[i], 6);
      gtk_widget_set_margin_top (banners[i], 6);
    }
  g_signal_connect_swapped (self->phone_banner, "button-clicked", G_CALLBACK (on_phone_button),
                            self);
  g_signal_connect_swapped (self->event_banner, "button-clicked", G_CALLBACK (on_event_button),
                            self);
}

static void
connect_session (GuichetMainPage *self)
{
  static const char *const of_phone[] = { "notify::present", "notify::problems",
                                          "notify::registration", "notify::registration-reason" };
  GuichetPhone *phone = guichet_session_get_phone (self->session);

  g_signal_connect_object (self->session, "notify::link-up", G_CALLBACK (show_link), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::station", G_CALLBACK (show_phone), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::store-problem", G_CALLBACK (show_link), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_offers (self->session), "items-changed",
                           G_CALLBACK (on_offers), self, 0);
  g_signal_connect_object (self->session, "offer-ended", G_CALLBACK (on_offer_ended), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "interaction-changed",
                           G_CALLBACK (on_interaction_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "interaction-closed", G_CALLBACK (on_interaction_closed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "supervised", G_CALLBACK (on_supervised), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "command-failed", G_CALLBACK (on_command_failed), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; phone != NULL && i < G_N_ELEMENTS (of_phone); i++)
    g_signal_connect_object (phone, of_phone[i], G_CALLBACK (show_phone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::centre-name", G_CALLBACK (show_centre), self,
                           G_CONNECT_SWAPPED);
  show_link (self);
  show_phone (self);
  show_centre (self);
}

/* The desk marks them in its list. */
static void
on_view (GuichetMainPage *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->views);

  guichet_unread_pill_set_wanted (self->unread, g_strcmp0 (name, "desk") != 0);
}

static void
on_unread (GuichetMainPage *self)
{
  AdwViewStackPage *page = adw_view_stack_get_page (self->views, GTK_WIDGET (self->desk));
  guint count;

  g_object_get (self->unread, "count", &count, NULL);
  adw_view_stack_page_set_badge_number (page, count);
}

static void
on_chosen (GuichetMainPage *self, GuichetInteraction *interaction)
{
  show_view (self, "desk");
  guichet_desk_view_select (self->desk, interaction);
}

static void
watch_unread (GuichetMainPage *self)
{
  self->unread = GUICHET_UNREAD_PILL (guichet_unread_pill_new (self->session));
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->unread));
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (on_view), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unread, "notify::count", G_CALLBACK (on_unread), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unread, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  on_view (self);
  on_unread (self);
}

GtkWidget *
guichet_main_page_new (GuichetSession *session, GSettings *settings)
{
  GuichetMainPage *self = g_object_new (GUICHET_TYPE_MAIN_PAGE, NULL);
  AdwViewStackPage *page;

  self->session = g_object_ref (session);
  self->desk = GUICHET_DESK_VIEW (guichet_desk_view_new (session));
  guichet_desk_view_bind_settings (self->desk, settings);
  self->team = GUICHET_TEAM_VIEW (guichet_team_view_new (session));
  self->offers = GUICHET_OFFER_STACK (guichet_offer_stack_new (session));
  guichet_state_button_set_session (self->state, session);
  guichet_queues_button_set_session (self->queues, session);
  guichet_forward_button_set_session (self->forward, session);
  guichet_parked_button_set_session (self->parked, session);
  guichet_notices_button_set_session (self->notices, session);
  guichet_unsent_bar_set_session (self->unsent, session);
  page = adw_view_stack_add_titled (self->views, GTK_WIDGET (self->desk), "desk", _ ("Desk"));
  adw_view_stack_page_set_icon_name (page, "call-start-symbolic");
  page = adw_view_stack_add_titled (self->views, guichet_activity_view_new (session), "activity",
                                    _ ("Activity"));
  adw_view_stack_page_set_icon_name (page, "document-open-recent-symbolic");
  page = adw_view_stack_add_titled (self->views, GTK_WIDGET (self->team), "team", _ ("Team"));
  adw_view_stack_page_set_icon_name (page, "system-users-symbolic");
  self->supervision =
      GUICHET_SUPERVISION_VIEW (guichet_supervision_page_add (self->views, session));
  gtk_box_append (self->monitor, guichet_monitor_bar_new (session));
  watch_unread (self);
  g_signal_connect (self->overlay, "get-child-position", G_CALLBACK (on_cards_position), self);
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->offers));
  connect_session (self);
  return GTK_WIDGET (self);
}
