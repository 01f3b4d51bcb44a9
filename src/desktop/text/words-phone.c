/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words for the codes of the softphone (data/dbus/org.guichet.Guichet.Phone.xml): what keeps it
 * from working, why it is not registered, and how its calls end.
 */

#include "desktop/text/words-tables.h"

#include <glib/gi18n.h>

const GuichetWord guichet_words_phone[] = {
  { "no_microphone", N_ ("No microphone"),
    N_ ("No microphone was found, so no call can reach you. Connect one.") },
  { "no_speaker", N_ ("No speaker"),
    N_ ("No speaker was found, so no call can reach you. Connect one.") },
  { "microphone_lost", N_ ("Microphone gone"),
    N_ ("The microphone that you chose is gone; another one is used meanwhile.") },
  { "speaker_lost", N_ ("Speaker gone"),
    N_ ("The speaker that you chose is gone; another one is used meanwhile.") },
  { "ringer_lost", N_ ("Ringer gone"),
    N_ ("The ringing device that you chose is gone; another one is used meanwhile.") },
  { "sound_server_lost", N_ ("No sound"),
    N_ ("The sound service of this computer does not answer.") },
  { "playback_late", N_ ("Sound has gaps"),
    N_ ("The speaker plays out of step, which is heard as gaps. Choose another one in the "
        "settings.") },
  { "suspending", N_ ("Going to sleep"),
    N_ ("This computer is going to sleep. Calls come again when it is awake.") },
  { "no_account", N_ ("Not connected"), N_ ("The phone has no line yet.") },
  { "no_session", N_ ("Not connected"), N_ ("The phone waits for the desk’s link to the centre.") },
  { "unauthorized", N_ ("Line refused"),
    N_ ("The centre does not accept this phone. Sign out and in again.") },
  { "forbidden", N_ ("Line refused"),
    N_ ("The centre does not accept this phone. Sign out and in again.") },
  { "unreachable", N_ ("Line not reachable"),
    N_ ("The phone cannot reach the centre’s voice service.") },
  { "timeout", N_ ("Line does not answer"),
    N_ ("The centre’s voice service does not answer the phone.") },
  { "certificate", N_ ("Line not trusted"),
    N_ ("The certificate of the centre’s voice service cannot be trusted.") },
  { "refused", N_ ("Line refused"), N_ ("The centre’s voice service refused the phone.") },
  { "not_running", N_ ("Phone not running"),
    N_ ("The phone of this computer is not running, so no call can reach you.") },
  { NULL },
};

const GuichetWord guichet_words_call_end[] = {
  { "local", N_ ("Ended by you"), N_ ("You ended the call.") },
  { "remote", N_ ("Ended at the other side"), N_ ("The other side ended the call.") },
  { "declined", N_ ("Declined"), N_ ("You declined the call.") },
  { "busy", N_ ("Busy"), N_ ("The line was busy.") },
  { "cancelled", N_ ("Taken back"), N_ ("The call was taken back, or the caller gave up.") },
  { "elsewhere", N_ ("Answered elsewhere"),
    N_ ("The call was taken back: it was answered elsewhere.") },
  { "missed", N_ ("Missed"), N_ ("The call was not answered in time.") },
  { "media", N_ ("Connection lost"), N_ ("Connection lost: no sound arrived any more.") },
  { "incompatible", N_ ("Not compatible"),
    N_ ("Phone and centre have no common way to carry protected sound.") },
  { "no_device", N_ ("No sound device"), N_ ("There was no working microphone or speaker.") },
  { "suspending", N_ ("Computer asleep"), N_ ("This computer went to sleep.") },
  { "unreachable", N_ ("Connection lost"),
    N_ ("Connection lost: the voice service could not be reached.") },
  { "failed", N_ ("Failed"), N_ ("The call failed.") },
  { NULL },
};

const GuichetWord guichet_words_not_reached[] = {
  { "busy", N_ ("Busy"), N_ ("The line is busy.") },
  { "declined", N_ ("Call rejected"), N_ ("The call was rejected.") },
  { "no_answer", N_ ("No answer"), N_ ("Nobody answers.") },
  { "unreachable", N_ ("Cannot be reached"), N_ ("The number cannot be reached now.") },
  { "wrong_number", N_ ("Unknown number"), N_ ("There is no such number.") },
  { "cancelled", N_ ("Call cancelled"), N_ ("You cancelled the call.") },
  { "station_no_answer", N_ ("Own phone not answered"), N_ ("Your own phone was not answered.") },
  { "device_fault", N_ ("Own phone not ready"), N_ ("Your own phone could not take the call.") },
  { "channel_failure", N_ ("No line"), N_ ("The centre has no line for this call now.") },
  { "connection_lost", N_ ("Connection lost"), N_ ("The connection to your phone was lost.") },
  { "engine_lost", N_ ("Connection lost"), N_ ("The centre was interrupted. Call again.") },
  { NULL },
};
