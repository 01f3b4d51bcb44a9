/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words for the error codes of the agent API (docs/protocol.md), for what can go wrong on the way
 * to it, and for the ways in which a session ends.
 */

#include "desktop/text/words-tables.h"

#include <glib/gi18n.h>

const GuichetWord guichet_words_error[] = {
  { "bad_request", N_ ("Not understood"),
    N_ ("The centre did not understand this desk. Are both of the same version?") },
  { "not_signed_in", N_ ("Not signed in"), N_ ("The session has ended. Sign in again.") },
  { "wrong_password", N_ ("Wrong password"), N_ ("The agent name or the password is wrong.") },
  { "not_allowed", N_ ("Not allowed"), N_ ("You may not do this.") },
  { "not_found", N_ ("Not found"), N_ ("It no longer exists at the centre.") },
  { "conflict", N_ ("Changed meanwhile"),
    N_ ("It was changed elsewhere meanwhile. Your text is kept; compare both.") },
  { "not_now", N_ ("Not now"), N_ ("This is not possible now.") },
  { "session_elsewhere", N_ ("Signed in elsewhere"),
    N_ ("You are signed in at another desk. Take over to continue here; a call goes on.") },
  { "cursor_gone", N_ ("Out of date"),
    N_ ("This desk was away for long and loads everything anew.") },
  { "too_large", N_ ("Too long"),
    N_ ("The text is longer than the centre accepts. It is kept; shorten it.") },
  { "idempotency_mismatch", N_ ("Sent twice"),
    N_ ("The command was sent twice with different content.") },
  { "invalid", N_ ("Not accepted"),
    N_ ("The centre does not accept this value. It is kept; correct it.") },
  { "account_locked", N_ ("Account locked"),
    N_ ("Too many wrong passwords: the account is locked for a while.") },
  { "too_many", N_ ("Too many requests"),
    N_ ("The centre is being asked too often. Try again in a moment.") },
  { "internal", N_ ("Fault at the centre"),
    N_ ("The centre has a fault. Try again, then tell its administrator.") },
  { "unavailable", N_ ("Centre not ready"),
    N_ ("The centre is not ready at the moment. Try again in a moment.") },
  { "store_failed", N_ ("Centre cannot store"),
    N_ ("The centre cannot store anything. Tell its administrator.") },
  { "full", N_ ("Centre full"),
    N_ ("The centre has no room for more agents. Tell its administrator.") },
  /* Of this side and of the way to the centre (client/error.h). */
  { "bad_address", N_ ("Not an address"),
    N_ ("This is not the address of a centre. It begins with https:// (http:// only for a centre "
        "on this computer).") },
  { "unreachable", N_ ("Not reachable"),
    N_ ("The centre cannot be reached. Check the address and the network.") },
  { "bad_certificate", N_ ("Not trusted"),
    N_ ("The centre’s certificate cannot be trusted, so nothing was sent. Ask its "
        "administrator.") },
  { "elsewhere", N_ ("Signed in elsewhere"),
    N_ ("You are signed in at another desk. Take over to continue here; a call goes on.") },
  { "protocol", N_ ("Not a centre"),
    N_ ("Something answered, but not as a Guichet centre does. Check the address.") },
  { "signed_out", N_ ("Not signed in"), N_ ("The session has ended. Sign in again.") },
  { "link_down", N_ ("Link away"),
    N_ ("The link to the centre is away. Try again when it is back.") },
  { "uncertain", N_ ("Not certain"),
    N_ ("The link broke meanwhile; the desk shows what was done when it is back.") },
  { "no_phone", N_ ("Phone not running"),
    N_ ("The phone of this computer does not start. Install guichet-phone.") },
  { "phone", N_ ("Phone refused"), N_ ("The phone of this computer could not do it.") },
  { "store", N_ ("Cannot keep"),
    N_ ("This computer cannot keep what you type. Free some space on the disk.") },
  { "no_token", N_ ("Sign in"), N_ ("Sign in with your password.") },
  /* Of the demo centre. */
  { "demo_missing", N_ ("No demo centre"),
    N_ ("The demo centre is not installed. Install the package with guichetd.") },
  { "demo_failed", N_ ("Demo did not start"), N_ ("The demo centre did not start.") },
  { NULL },
};

const GuichetWord guichet_words_link[] = {
  { "taken_over", N_ ("Signed in elsewhere"),
    N_ ("You signed in at another desk, which has taken over.") },
  { "signed_out", N_ ("Signed out"), N_ ("You have signed out.") },
  { "forced", N_ ("Signed out by the centre"), N_ ("The centre signed you out.") },
  { "expired", N_ ("Session ended"), N_ ("The session has ended. Sign in again.") },
  { NULL },
};
