/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Above the field. Every stroke in the subject goes to the session, which keeps it. Main thread
 * only.
 */

#include "desktop/chat/composer-top.h"

#include "desktop/chat/mail-words.h"
#include "desktop/text/format.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _GuichetComposerTop
{
  GtkWidget parent_instance;

  GtkWidget *title;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkWidget *notice;
  GtkWidget *subject;
  gulong typed_handler;

  GuichetSession *session;
  GuichetInteraction *interaction;
  gulong handlers[2]; /* of the interaction */
};

G_DEFINE_FINAL_TYPE (GuichetComposerTop, guichet_composer_top, GTK_TYPE_WIDGET)

static void
show_subject (GuichetComposerTop *self)
{
  const char *draft = guichet_interaction_get_subject_draft (self->interaction);
  const char *text = *draft != '\0' ? draft : guichet_interaction_get_subject (self->interaction);

  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->subject)), text))
    return;
  g_signal_handler_block (self->subject, self->typed_handler);
  gtk_editable_set_text (GTK_EDITABLE (self->subject), text);
  g_signal_handler_unblock (self->subject, self->typed_handler);
}

static void
on_subject (GuichetComposerTop *self)
{
  if (self->interaction != NULL)
    guichet_session_type_subject (self->session, self->interaction,
                                  gtk_editable_get_text (GTK_EDITABLE (self->subject)));
}

static void
refresh_visible (GuichetComposerTop *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (self->title) ||
                                                 gtk_widget_get_visible (self->notice) ||
                                                 gtk_widget_get_visible (self->subject));
}

void
guichet_composer_top_set_private (GuichetComposerTop *self, gboolean private)
{
  gtk_widget_set_visible (self->notice, private);
  gtk_widget_set_visible (self->subject, !private && guichet_mail_is (self->interaction));
  refresh_visible (self);
}

void
guichet_composer_top_set_name (GuichetComposerTop *self, const char *who, const char *title)
{
  if (title != NULL)
    {
      adw_avatar_set_text (self->avatar, who);
      adw_avatar_set_show_initials (self->avatar, !guichet_format_is_number (who));
      gtk_label_set_text (self->name, title);
    }
  gtk_widget_set_visible (self->title, title != NULL);
  refresh_visible (self);
}

void
guichet_composer_top_set_interaction (GuichetComposerTop *self, GuichetInteraction *interaction)
{
  static const char *const watched[] = { "notify::subject", "notify::subject-draft" };

  for (guint i = 0; self->interaction != NULL && i < G_N_ELEMENTS (watched); i++)
    g_clear_signal_handler (&self->handlers[i], self->interaction);
  g_set_object (&self->interaction, interaction);
  if (interaction == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    self->handlers[i] =
        g_signal_connect_swapped (interaction, watched[i], G_CALLBACK (show_subject), self);
  show_subject (self);
}

void
guichet_composer_top_set_session (GuichetComposerTop *self, GuichetSession *session)
{
  g_set_object (&self->session, session);
}

/* --- class ------------------------------------------------------------------------------------ */

static void
guichet_composer_top_dispose (GObject *object)
{
  GuichetComposerTop *self = GUICHET_COMPOSER_TOP (object);

  guichet_composer_top_set_interaction (self, NULL);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_composer_top_parent_class)->dispose (object);
}

static void
guichet_composer_top_class_init (GuichetComposerTopClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_composer_top_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/chat/composer-top.ui");
  gtk_widget_class_bind_template_child (widget_class, GuichetComposerTop, title);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposerTop, avatar);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposerTop, name);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposerTop, notice);
  gtk_widget_class_bind_template_child (widget_class, GuichetComposerTop, subject);
}

static void
guichet_composer_top_init (GuichetComposerTop *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->typed_handler =
      g_signal_connect_swapped (self->subject, "changed", G_CALLBACK (on_subject), self);
  guichet_label_tip_when_cut (self->name);
  guichet_accessible_name_editable (GTK_EDITABLE (self->subject), _ ("Subject"));
}
