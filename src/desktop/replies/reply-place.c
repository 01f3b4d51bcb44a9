/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The part of a text that is a canned reply, between two marks of its buffer, which it keeps a
 * reference to. Main thread only.
 */

#include "desktop/replies/reply-place.h"

struct _GuichetReplyPlace
{
  GtkTextBuffer *buffer;
  GtkTextMark *start, *end; /* NULL: none */
  char *reply;              /* as it was inserted */
};

GuichetReplyPlace *
guichet_reply_place_new (GtkTextBuffer *buffer)
{
  GuichetReplyPlace *self = g_new0 (GuichetReplyPlace, 1);

  self->buffer = g_object_ref (buffer);
  return self;
}

void
guichet_reply_place_free (GuichetReplyPlace *self)
{
  guichet_reply_place_forget (self);
  g_object_unref (self->buffer);
  g_free (self);
}

void
guichet_reply_place_forget (GuichetReplyPlace *self)
{
  if (self->start == NULL)
    return;
  gtk_text_buffer_delete_mark (self->buffer, g_steal_pointer (&self->start));
  gtk_text_buffer_delete_mark (self->buffer, g_steal_pointer (&self->end));
  g_clear_pointer (&self->reply, g_free);
}

/* The part of the text; FALSE: none. */
static gboolean
region (GuichetReplyPlace *self, GtkTextIter *start, GtkTextIter *end)
{
  if (self->start == NULL)
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (self->buffer, start, self->start);
  gtk_text_buffer_get_iter_at_mark (self->buffer, end, self->end);
  if (!gtk_text_iter_equal (start, end))
    return TRUE;
  guichet_reply_place_forget (self); /* the agent has taken it out */
  return FALSE;
}

static void
insert (GuichetReplyPlace *self, const char *text)
{
  GtkTextIter at;
  GtkTextMark *start, *end;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &at, gtk_text_buffer_get_insert (self->buffer));
  start = gtk_text_buffer_create_mark (self->buffer, NULL, &at, TRUE);
  gtk_text_buffer_insert (self->buffer, &at, text, -1);
  end = gtk_text_buffer_create_mark (self->buffer, NULL, &at, TRUE);
  self->start = start;
  self->end = end;
  self->reply = g_strdup (text);
}

gboolean
guichet_reply_place_put (GuichetReplyPlace *self, const char *text)
{
  GtkTextIter start, end;

  if (region (self, &start, &end))
    {
      g_autofree char *now = gtk_text_iter_get_text (&start, &end);

      if (!g_str_equal (now, self->reply))
        return FALSE;
    }
  gtk_text_buffer_begin_user_action (self->buffer);
  if (region (self, &start, &end))
    {
      gtk_text_buffer_delete (self->buffer, &start, &end);
      guichet_reply_place_forget (self);
    }
  insert (self, text);
  gtk_text_buffer_end_user_action (self->buffer);
  return TRUE;
}
