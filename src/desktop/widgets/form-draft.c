/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares what stands in a form with what stood there at first. Main thread only. */

#include "desktop/widgets/form-draft.h"

#include "client/typed-form.h"
#include "desktop/widgets/form.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetFormDraft
{
  GObject parent_instance;

  GtkWidget *form;
  GtkButton *cancel;
  GuichetSession *session;
  const char *kind;
  GuichetFormRead read;
  GuichetFormFill fill;

  char *name;    /* of the form that is shown; NULL: none yet */
  char *sent;    /* of the form that is being saved */
  char **before; /* nothing typed */
  gboolean changed, filling;
};

G_DEFINE_FINAL_TYPE (GuichetFormDraft, guichet_form_draft, G_TYPE_OBJECT)

static void
set_changed (GuichetFormDraft *self, gboolean changed)
{
  self->changed = changed;
  gtk_button_set_label (self->cancel, changed ? _ ("Discard") : _ ("Cancel"));
}

static void
show (GuichetFormDraft *self, char **fields)
{
  self->filling = TRUE;
  self->fill (self->form, (const char *const *) fields);
  self->filling = FALSE;
}

void
guichet_form_draft_pause (GuichetFormDraft *self)
{
  g_clear_pointer (&self->name, g_free);
  set_changed (self, FALSE);
}

void
guichet_form_draft_begin (GuichetFormDraft *self, const char *about)
{
  g_auto (GStrv) kept = NULL;

  guichet_form_draft_pause (self);
  self->name = g_strconcat (self->kind, ":", about, NULL);
  g_strfreev (self->before);
  self->before = self->read (self->form);
  kept = guichet_session_find_form (self->session, self->name);
  if (kept != NULL)
    show (self, kept);
  set_changed (self, kept != NULL);
}

gboolean
guichet_form_draft_is_changed (GuichetFormDraft *self)
{
  return self->changed;
}

void
guichet_form_draft_typed (GuichetFormDraft *self)
{
  g_auto (GStrv) now = NULL;

  if (self->name == NULL || self->filling)
    return;
  now = self->read (self->form);
  set_changed (self, !g_strv_equal ((const char *const *) now, (const char *const *) self->before));
  guichet_session_keep_form (self->session, self->name,
                             self->changed ? (const char *const *) now : NULL);
}

static void
forget (GuichetFormDraft *self)
{
  guichet_session_keep_form (self->session, self->name, NULL);
  set_changed (self, FALSE);
}

void
guichet_form_draft_sent (GuichetFormDraft *self)
{
  g_free (self->sent);
  self->sent = g_strdup (self->name);
}

void
guichet_form_draft_saved (GuichetFormDraft *self)
{
  if (g_strcmp0 (self->name, self->sent) == 0)
    {
      forget (self);
      guichet_form_leave (self->form);
    }
  else
    guichet_session_keep_form (self->session, self->sent, NULL);
}

static void
on_cancel (GuichetFormDraft *self)
{
  if (self->changed)
    {
      show (self, self->before);
      forget (self);
    }
  guichet_form_leave (self->form);
}

/* By Escape the form is left, not what was typed. */
static void
on_done (GuichetFormDraft *self)
{
  if (self->changed)
    guichet_toast (self->form, _ ("What you typed is kept: open the form again to go on."));
}

static void
guichet_form_draft_finalize (GObject *object)
{
  GuichetFormDraft *self = GUICHET_FORM_DRAFT (object);

  g_object_unref (self->session);
  g_free (self->name);
  g_free (self->sent);
  g_strfreev (self->before);
  G_OBJECT_CLASS (guichet_form_draft_parent_class)->finalize (object);
}

static void
guichet_form_draft_class_init (GuichetFormDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_form_draft_finalize;
}

static void
guichet_form_draft_init (GuichetFormDraft *self)
{
}

GuichetFormDraft *
guichet_form_draft_new (GtkWidget *form,
                        GtkButton *cancel,
                        GuichetSession *session,
                        const char *kind,
                        GuichetFormRead read,
                        GuichetFormFill fill)
{
  GuichetFormDraft *self = g_object_new (GUICHET_TYPE_FORM_DRAFT, NULL);

  self->form = form;
  self->cancel = cancel;
  self->session = g_object_ref (session);
  self->kind = kind;
  self->read = read;
  self->fill = fill;
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (on_cancel), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  return self;
}
