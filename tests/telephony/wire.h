/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One end of the wire, for tests that say each word of SIP themselves: a UDP socket at a side's
 * port, requests and responses as text. */
#pragma once

#include "harness.h"

G_BEGIN_DECLS

typedef struct
{
  GSocket *socket;
  guint port;
  char *message; /* the latest that was waited for */
} Wire;

void wire_open (Wire *wire, Side *to);
void wire_close (Wire *wire);
void wire_send (Wire *wire, const char *data, gssize length);

/* A request outside a dialog, with more header lines and a body; @id makes it another one. */
void wire_request (Wire *wire, const char *method, guint id, const char *extra, const char *body);
/* ACK of wire->message, a 200 for the INVITE with @id. */
void wire_ack (Wire *wire, guint id);
/* The answer to @request, a message that came; @extra and @body as above. */
void
wire_respond (Wire *wire, const char *request, int status, const char *extra, const char *body);

/* Waits for a message that begins so; others are ignored. In wire->message. */
void wire_expect (Wire *wire, const char *start);
void wire_expect_final (Wire *wire); /* a final response */
gboolean wire_has (Wire *wire, const char *header_line);

G_END_DECLS
