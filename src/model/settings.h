/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for the whole centre. */
#pragma once

#include "model/agent.h"
#include "model/fields.h"
#include "model/hours.h"
#include "model/names.h"
#include "model/recording.h"
#include "model/words.h"

G_BEGIN_DECLS

/* Notices of the desktop while a desk's window is not in front. */
typedef struct
{
  gint32 max;     /* how many stand at once; 0 = none */
  gint32 seconds; /* until one goes by itself; 0 = it stays while what it tells of lasts */
} ModelToasts;

/* Where customers and agents see each other: a page of a service of the centre's own choice. */
typedef struct
{
  char *url;        /* https:, with {room} in its path; NULL: there is none */
  ModelNames texts; /* what is written to the customer, with {link} */
} ModelMeetingRoom;

typedef struct
{
  char *time_zone;          /* of the opening hours, "Europe/Sofia" */
  GPtrArray *holidays;      /* ModelHoliday */
  char **stop_words;        /* by which a customer asks for no more messages; NULL: the usual */
  char **start_words;       /* by which one takes it back */
  char **languages;         /* of the names, the first is the centre's own */
  GPtrArray *slots;         /* ModelSlots: the defaults of agents */
  gint32 boost_seconds;     /* one step of priority counts like this much waiting */
  gint32 auto_accept;       /* ModelAutoAccept */
  gint32 history;           /* ModelHistory */
  gint32 clips;             /* ModelClips */
  gint32 card_data;         /* ModelCardData */
  gboolean card_data_notes; /* so in agents' notes, too */
  gboolean
      auto_accept_digital; /* what is written is accepted by itself, a second after its offer */
  gboolean confirm_end;    /* ask before End */
  gboolean wipe_cache_at_sign_out; /* nothing of customers stays on the agent's machine */
  gboolean digital_during_call;
  gboolean voice_wrap_up_blocks; /* a call's wrap-up blocks every channel */
  gboolean ready_at_sign_in;     /* all queues are joined at sign-in */
  gboolean im_acceptance;        /* who is written to by a colleague accepts first */
  gboolean show_monitoring;      /* agents see that a supervisor listens */
  gboolean im_supervised;        /* supervisors may read what agents write to each other */
  gint32 im_seconds;             /* to accept */
  gint32 dial_seconds;           /* how long a customer is rung whom an agent calls */
  gint32 desk_grace_seconds;
  gint32 session_limit_seconds; /* without desk and without work */
  gint32
      chat_absence_seconds; /* of a vanished desk, after its grace: then chats are queued again */
  gint32 work_absence_seconds; /* since signing out: then SMS, social messages, e-mail are */
  gint32 reopen_seconds;       /* who writes within them comes back, whoever later is new */
  gint32 return_chat_seconds;  /* a customer who comes back waits for the agent of before */
  gint32 return_work_seconds;  /* the same for SMS, social messages, e-mail */
  gint32 reoffer_seconds;      /* not to who declined or missed it */
  gint32 short_abandon_seconds;
  gint32 personal_limit_seconds;
  gint32 personal_digital_limit_seconds;
  gint32 consult_limit_seconds; /* for which a colleague is asked */
  gint32 conference_max;        /* who may talk with each other, the customer among them */
  gint32 numbers_alone_seconds; /* a call that no agent is in goes on, once that was announced */
  char *numbers_alone_notice;   /* the sound that announces it; NULL = beeps */
  char *voicemail_number;       /* who calls it opens boxes by keypad, NULL = nobody */
  gint32 park_first;            /* the number of the first place where a call is parked */
  gint32 park_places;           /* how many there are; 0 = none */
  gint32 park_seconds;          /* for which a call is parked */
  char *personal_fallback;      /* queue */
  gint32 tag_days;              /* for which tags may be set after the end; 0 = not at all */
  gint32 visible_digits;        /* of a customer's number on the desk; 0 = all */
  gint32 directory_agents;      /* ModelDirectoryAgents: whom agents find */
  gboolean directory_groups;    /* they find teams and skills too */
  ModelToasts toasts;
  ModelMeetingRoom meeting_room;
  ModelRecordingRules recording;
} ModelSettings;

extern const ModelNoun model_settings_noun;

G_END_DECLS
