/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the centre by name, for those who work with one of them. Centre's thread. */
#include "server/centre/centre-private.h"

Colleagues *
centre_colleagues (Centre *self)
{
  return self->colleagues;
}

Live *
centre_live (Centre *self)
{
  return self->live;
}

CannedReplies *
centre_canned (Centre *self)
{
  return self->canned;
}

Recordings *
centre_recordings (Centre *self)
{
  return self->recordings;
}

Clips *
centre_clips (Centre *self)
{
  return self->clips;
}

Erased *
centre_erased (Centre *self)
{
  return self->erased;
}

Directory *
centre_directory (Centre *self)
{
  return self->directory;
}

Conversations *
centre_conversations (Centre *self)
{
  return self->conversations;
}
