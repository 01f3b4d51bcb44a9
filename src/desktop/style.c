/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The style of the desk, and a start that reads each of its parts once. GTK reads a theme of its
 * own when it opens the display, which libadwaita takes away at once for an empty one under its own
 * style: a sixth of all the work of a start. So GTK is given the empty one; where it is missing GTK
 * falls back on its own, and a theme that the user asked for stays. Owns nothing. Main thread only.
 *
 * For the same reason the application has no resource-base-path: the icon theme would be made for
 * it, begin to read the icons in a thread, and be made to read them anew when libadwaita adds its
 * own. Made by libadwaita it reads them once, beside the style.
 */

#include "desktop/style.h"

#include "desktop/desk/stripe.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <stdlib.h>

#define VARIABLE "GTK_THEME"
#define EMPTY    "Adwaita-empty"

static gboolean prepared;

void
guichet_style_prepare (void)
{
  if (g_getenv (VARIABLE) == NULL)
    prepared = g_setenv (VARIABLE, EMPTY, FALSE);
}

/* libadwaita keeps its style to itself while the variable stands. It is the last one of the
 * environment, so that taking it out moves no other under a thread that reads. */
void
guichet_style_open_display (void)
{
  if (!prepared)
    return;
  gtk_init ();
  gtk_settings_get_default ();
  unsetenv (VARIABLE);
  prepared = FALSE;
}

static void
on_color_scheme (GSettings *settings)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  int chosen = g_settings_get_enum (settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (chosen, 0, 2)]);
}

/* What is not a colour of the platform has two, by this class. */
static void
on_windows (GListModel *windows, guint position, guint removed, guint added)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      guichet_widget_set_class (window, "dark", dark);
    }
}

static void
on_dark (GListModel *windows)
{
  on_windows (windows, 0, 0, g_list_model_get_n_items (windows));
}

static void
on_stripes (GSettings *settings)
{
  guichet_stripe_set_wanted (g_settings_get_boolean (settings, "stripes"));
}

void
guichet_style_load (GSettings *settings)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  GListModel *windows = gtk_window_get_toplevels ();

  gtk_css_provider_load_from_resource (provider, "/org/guichet/Guichet/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_signal_connect (settings, "changed::color-scheme", G_CALLBACK (on_color_scheme), NULL);
  on_color_scheme (settings);
  g_signal_connect (windows, "items-changed", G_CALLBACK (on_windows), NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (on_dark),
                           windows, G_CONNECT_SWAPPED);
  on_dark (windows);
  g_signal_connect (settings, "changed::stripes", G_CALLBACK (on_stripes), NULL);
  on_stripes (settings);
}
