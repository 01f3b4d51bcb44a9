/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sound devices and their test. The first entry of each list follows the system. Main thread only.
 */

#include "desktop/settings/sound-page.h"

#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/banner.h"
#include "desktop/widgets/wrap-layout.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define RECORD_SECONDS 5
#define RING_SECONDS   3
/* The meter's range: quieter than this is no bar. */
#define QUIETEST_DB -60.0

struct _GuichetSoundPage
{
  GtkWidget parent_instance;

  GuichetBanner *banner;
  AdwComboRow *microphone;
  AdwComboRow *speaker;
  AdwComboRow *ringer;
  GtkLevelBar *level;
  GtkWidget *record;
  GtkWidget *play;
  GtkWidget *ring;
  GtkWidget *ring_volume;
  GtkAdjustment *microphone_adjustment;
  GtkAdjustment *speaker_adjustment;
  GtkAdjustment *ring_adjustment;
  GtkWidget *echo;
  GtkWidget *noise;
  GtkWidget *gain;

  GuichetPhone *phone;
  GSettings *settings;
  gboolean filling;
  gboolean watching;
};

G_DEFINE_FINAL_TYPE (GuichetSoundPage, guichet_sound_page, GTK_TYPE_WIDGET)

/* --- devices ---------------------------------------------------------------------------------- */

static void
fill (GuichetSoundPage *self, AdwComboRow *row, GListModel *devices, const char *key)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_settings_get_string (self->settings, key);
  guint at = 0;

  self->filling = TRUE;
  gtk_string_list_append (names, _ ("As the system"));
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (GuichetDevice) device = g_list_model_get_item (devices, i);

      gtk_string_list_append (names, guichet_device_get_label (device));
      if (g_str_equal (guichet_device_get_id (device), chosen))
        at = i + 1;
    }
  /* The chosen one is away: it stays chosen and is used again when it comes back. */
  if (at == 0 && *chosen != '\0')
    {
      gtk_string_list_append (names, _ ("The one chosen before (not connected)"));
      at = g_list_model_get_n_items (G_LIST_MODEL (names)) - 1;
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, at);
  self->filling = FALSE;
}

static void
fill_all (GuichetSoundPage *self)
{
  fill (self, self->microphone, guichet_phone_get_microphones (self->phone), "microphone");
  fill (self, self->speaker, guichet_phone_get_speakers (self->phone), "speaker");
  fill (self, self->ringer, guichet_phone_get_speakers (self->phone), "ringer");
}

static void
choose (GuichetSoundPage *self, AdwComboRow *row, GListModel *devices, const char *key)
{
  guint selected = adw_combo_row_get_selected (row);
  g_autoptr (GuichetDevice) device = NULL;

  if (self->filling || self->phone == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected > g_list_model_get_n_items (devices))
    return;
  device = selected > 0 ? g_list_model_get_item (devices, selected - 1) : NULL;
  g_settings_set_string (self->settings, key, device != NULL ? guichet_device_get_id (device) : "");
}

static void
on_microphone (GuichetSoundPage *self)
{
  if (self->phone != NULL)
    choose (self, self->microphone, guichet_phone_get_microphones (self->phone), "microphone");
}

static void
on_speaker (GuichetSoundPage *self)
{
  if (self->phone != NULL)
    choose (self, self->speaker, guichet_phone_get_speakers (self->phone), "speaker");
}

static void
on_ringer (GuichetSoundPage *self)
{
  if (self->phone != NULL)
    choose (self, self->ringer, guichet_phone_get_speakers (self->phone), "ringer");
}

/* --- test ------------------------------------------------------------------------------------- */

static void
on_record (GuichetSoundPage *self)
{
  if (g_str_equal (guichet_phone_get_test (self->phone), "recording"))
    guichet_phone_test_stop_async (self->phone, NULL, guichet_phone_command_done,
                                   g_object_ref (self));
  else
    guichet_phone_test_record_async (self->phone, RECORD_SECONDS, NULL, guichet_phone_command_done,
                                     g_object_ref (self));
}

static void
on_play (GuichetSoundPage *self)
{
  if (g_str_equal (guichet_phone_get_test (self->phone), "playing"))
    guichet_phone_test_stop_async (self->phone, NULL, guichet_phone_command_done,
                                   g_object_ref (self));
  else
    guichet_phone_test_play_async (self->phone, NULL, guichet_phone_command_done,
                                   g_object_ref (self));
}

static void
on_ring (GuichetSoundPage *self)
{
  if (g_str_equal (guichet_phone_get_test (self->phone), "ringing"))
    guichet_phone_test_stop_async (self->phone, NULL, guichet_phone_command_done,
                                   g_object_ref (self));
  else
    guichet_phone_test_ring_async (self->phone, RING_SECONDS, NULL, guichet_phone_command_done,
                                   g_object_ref (self));
}

static void
show_test (GuichetSoundPage *self)
{
  const char *test = guichet_phone_get_test (self->phone);
  gboolean there = guichet_phone_get_present (self->phone);
  GuichetCall *call = guichet_phone_get_call (self->phone);
  gboolean can = there && call == NULL;

  gtk_button_set_label (GTK_BUTTON (self->record),
                        g_str_equal (test, "recording") ? _ ("Stop") : _ ("Record 5 seconds"));
  gtk_button_set_label (GTK_BUTTON (self->play),
                        g_str_equal (test, "playing") ? _ ("Stop") : _ ("Hear it"));
  gtk_button_set_label (GTK_BUTTON (self->ring),
                        g_str_equal (test, "ringing") ? _ ("Stop") : _ ("Ring"));
  gtk_widget_set_sensitive (self->record, can && !g_str_equal (test, "playing") &&
                                              !g_str_equal (test, "ringing"));
  gtk_widget_set_sensitive (
      self->play, can && (g_str_equal (test, "recorded") || g_str_equal (test, "playing")));
  gtk_widget_set_sensitive (self->ring, can && !g_str_equal (test, "playing") &&
                                            !g_str_equal (test, "recording"));
}

static void
show_level (GuichetSoundPage *self)
{
  double db = QUIETEST_DB;

  g_object_get (self->phone, "level-microphone", &db, NULL);
  gtk_level_bar_set_value (self->level, CLAMP ((db - QUIETEST_DB) / -QUIETEST_DB, 0.0, 1.0));
}

static void
show_problems (GuichetSoundPage *self)
{
  const char *const *problems = guichet_phone_get_problems (self->phone);
  const char *code = problems != NULL ? problems[0] : NULL;
  g_autofree char *text = NULL;

  if (!guichet_phone_get_present (self->phone))
    code = "not_running";
  text = code != NULL ? guichet_words (GUICHET_WORDS_PHONE, GUICHET_WORDS_SENTENCE, code) : NULL;
  guichet_banner_show (self->banner, GUICHET_BANNER_WARNING, text, NULL);
}

static void
on_phone (GuichetSoundPage *self, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "level-microphone"))
    show_level (self);
  else if (g_str_equal (pspec->name, "test") || g_str_equal (pspec->name, "call"))
    show_test (self);
  else if (g_str_equal (pspec->name, "problems") || g_str_equal (pspec->name, "present"))
    {
      show_problems (self);
      show_test (self);
    }
}

/* Levels cost the phone something: only while they are seen. */
static void
watch (GuichetSoundPage *self, gboolean on)
{
  if (self->watching == on || self->phone == NULL)
    return;
  self->watching = on;
  guichet_phone_watch_levels (self->phone, on);
}

static void
guichet_sound_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (guichet_sound_page_parent_class)->map (widget);
  watch (GUICHET_SOUND_PAGE (widget), TRUE);
}

static void
guichet_sound_page_unmap (GtkWidget *widget)
{
  watch (GUICHET_SOUND_PAGE (widget), FALSE);
  GTK_WIDGET_CLASS (guichet_sound_page_parent_class)->unmap (widget);
}

static void
guichet_sound_page_dispose (GObject *object)
{
  GuichetSoundPage *self = GUICHET_SOUND_PAGE (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->phone);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (guichet_sound_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetSoundPage, name)

static void
guichet_sound_page_class_init (GuichetSoundPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_sound_page_dispose;
  widget_class->map = guichet_sound_page_map;
  widget_class->unmap = guichet_sound_page_unmap;
  g_type_ensure (GUICHET_TYPE_BANNER);
  g_type_ensure (GUICHET_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/settings/sound-page.ui");
  BIND (banner);
  BIND (microphone);
  BIND (speaker);
  BIND (ringer);
  BIND (level);
  BIND (record);
  BIND (play);
  BIND (ring);
  BIND (ring_volume);
  BIND (microphone_adjustment);
  BIND (speaker_adjustment);
  BIND (ring_adjustment);
  BIND (echo);
  BIND (noise);
  BIND (gain);
  gtk_widget_class_bind_template_callback (widget_class, on_microphone);
  gtk_widget_class_bind_template_callback (widget_class, on_speaker);
  gtk_widget_class_bind_template_callback (widget_class, on_ringer);
  gtk_widget_class_bind_template_callback (widget_class, on_record);
  gtk_widget_class_bind_template_callback (widget_class, on_play);
  gtk_widget_class_bind_template_callback (widget_class, on_ring);
}

static void
name_combo (AdwComboRow *row, const char *name)
{
  guichet_accessible_name_inner (GTK_WIDGET (row), GTK_TYPE_LIST_VIEW, name);
}

/* Who scrolls the page changes no volume on the way. */
static void
ignore_wheel (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean scale = GTK_IS_SCALE (widget);

  for (guint i = 0; scale && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (one))
        gtk_event_controller_set_propagation_phase (one, GTK_PHASE_NONE);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ignore_wheel (child);
}

static void
guichet_sound_page_init (GuichetSoundPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_combo (self->microphone, _ ("Microphone"));
  name_combo (self->speaker, _ ("Speaker"));
  name_combo (self->ringer, _ ("Ringer"));
  guichet_accessible_name_inner (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _ ("Sound"));
  guichet_accessible_name (self->echo, _ ("Remove echo"));
  guichet_accessible_name (self->noise, _ ("Remove noise"));
  guichet_accessible_name (self->gain, _ ("Level the voice"));
  ignore_wheel (GTK_WIDGET (self));
}

GtkWidget *
guichet_sound_page_new (GuichetPhone *phone, GSettings *settings)
{
  GuichetSoundPage *self = g_object_new (GUICHET_TYPE_SOUND_PAGE, NULL);

  self->phone = g_object_ref (phone);
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "microphone-volume", self->microphone_adjustment, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "speaker-volume", self->speaker_adjustment, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "ring-volume", self->ring_adjustment, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "echo-cancellation", self->echo, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "noise-suppression", self->noise, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "gain-control", self->gain, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (phone, "notify", G_CALLBACK (on_phone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_phone_get_microphones (phone), "items-changed",
                           G_CALLBACK (fill_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_phone_get_speakers (phone), "items-changed",
                           G_CALLBACK (fill_all), self, G_CONNECT_SWAPPED);
  fill_all (self);
  show_test (self);
  show_level (self);
  show_problems (self);
  return GTK_WIDGET (self);
}
