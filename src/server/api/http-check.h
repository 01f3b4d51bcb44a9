/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether bytes from a stranger are an HTTP/1.1 request that all programs read alike (RFC 9112):
 * the head as a whole, then the framing of the body byte by byte. Anything doubtful is refused.
 * Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HTTP_HEAD_MAX    16384
#define HTTP_HEADERS_MAX 64
#define HTTP_TARGET_MAX  4096
#define HTTP_BODY_MAX    (256 * 1024)
/* Of what is posted to …/attachments, or to /sms/…/in with files in it; not chunked. */
#define HTTP_FILE_MAX (36 * 1024 * 1024)

typedef enum
{
  HTTP_BODY_NONE,
  HTTP_BODY_LENGTH,
  HTTP_BODY_CHUNKED,
} HttpBody;

typedef struct
{
  HttpBody body;
  guint64 length;   /* of HTTP_BODY_LENGTH */
  gboolean upgrade; /* asks for another protocol */
} HttpHead;

/* `head` is everything up to and with the empty line. 0 if it is well, otherwise the status that
 * refuses it (400, 413, 414, 431, 501, 505); `why` then says in English why. */
guint http_check_head (const char *head, gsize length, HttpHead *result, const char **why);

/* The framing of a chunked body. */
typedef enum
{
  HTTP_CHUNK_SIZE,
  HTTP_CHUNK_SIZE_LF,
  HTTP_CHUNK_DATA,
  HTTP_CHUNK_DATA_CR,
  HTTP_CHUNK_DATA_LF,
  HTTP_CHUNK_TRAILER_CR,
  HTTP_CHUNK_TRAILER_LF,
  HTTP_CHUNK_END,
  HTTP_CHUNK_BAD,
} HttpChunkState;

typedef struct
{
  HttpChunkState state;
  guint digits;
  guint64 left;  /* of this chunk */
  guint64 total; /* of all */
} HttpChunks;

/* Takes bytes until the end of the body or an error; returns how many were taken. Trailers and
 * extensions, which no client of ours sends, are refused. */
gsize http_chunks_take (HttpChunks *self, const char *bytes, gsize length);

G_END_DECLS
