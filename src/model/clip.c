/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clips: who may change them, and what is one: the pages of Ogg (RFC 3533) are walked from the
 * first to the last, with the head of Opus (RFC 7845) in the first. Pure functions. */
#include "model/clip.h"

#include <string.h>

#define PAGE_HEAD  27
#define OPUS_HEAD  19
#define RATE_MS    48 /* of granules, whatever the sound's own */
#define FIRST_PAGE 0x02
#define LAST_PAGE  0x04

typedef struct
{
  guint8 flags;
  guint64 granule; /* all ones: no packet ends here */
  guint32 serial;
  const guint8 *body;
  gsize body_length;
} Page;

ModelPermission
model_clip_permission (ModelClips rule, ModelRole role, gboolean of_centre)
{
  const ModelPermission yes = { MODEL_ALLOWED, MODEL_CODE_ACCEPTED };
  const ModelPermission no = { MODEL_GREYED, MODEL_CODE_NOT_SUPERVISOR };
  const ModelPermission off = { MODEL_HIDDEN, MODEL_CODE_NOT_ENABLED };

  if (rule == MODEL_CLIPS_NONE)
    return off;
  if (role == MODEL_ROLE_SUPERVISOR)
    return yes;
  return of_centre || rule == MODEL_CLIPS_SUPERVISORS ? no : yes;
}

static guint64
little (const guint8 *bytes, guint n)
{
  guint64 value = 0;

  for (guint i = n; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

/* How long the page is; 0: there is none. */
static gsize
read_page (const guint8 *bytes, gsize length, Page *page)
{
  gsize head, body = 0;

  if (length < PAGE_HEAD || memcmp (bytes, "OggS", 4) != 0 || bytes[4] != 0)
    return 0;
  head = PAGE_HEAD + (gsize) bytes[26];
  if (length < head)
    return 0;
  for (gsize i = PAGE_HEAD; i < head; i++)
    body += bytes[i];
  if (length < head + body)
    return 0;
  page->flags = bytes[5];
  page->granule = little (bytes + 6, 8);
  page->serial = (guint32) little (bytes + 14, 4);
  page->body = bytes + head;
  page->body_length = body;
  return head + body;
}

static gboolean
is_opus_head (const Page *page)
{
  return (page->flags & FIRST_PAGE) != 0 && page->body_length >= OPUS_HEAD &&
         memcmp (page->body, "OpusHead", 8) == 0 && page->body[8] < 16 && page->body[9] >= 1 &&
         page->body[9] <= 2;
}

gint64
model_clip_ms (const guint8 *bytes, gsize length)
{
  Page page;
  gsize at = read_page (bytes, length, &page);
  guint64 skip, last = 0;
  guint32 serial;
  gboolean ended = FALSE;

  if (at == 0 || !is_opus_head (&page))
    return -1;
  serial = page.serial;
  skip = little (page.body + 10, 2);
  while (at < length)
    {
      gsize n = read_page (bytes + at, length - at, &page);

      if (n == 0 || ended || page.serial != serial || (page.flags & FIRST_PAGE) != 0)
        return -1;
      if (page.granule != G_MAXUINT64 && page.granule < last)
        return -1;
      if (page.granule != G_MAXUINT64)
        last = page.granule;
      ended = (page.flags & LAST_PAGE) != 0;
      at += n;
    }
  if (!ended || last <= skip || last - skip > (guint64) 86400 * 1000 * RATE_MS)
    return -1;
  return (gint64) ((last - skip) / RATE_MS);
}
