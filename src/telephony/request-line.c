/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads what sofia-sip's own parser takes for rubbish, and drops without a word, although RFC 3261
 * wants an answer: methods of characters that are rare but allowed (a token, 25.1) and request
 * lines whose URI cannot be read. Pure but for the message it is given, any thread. */
#include "telephony/sip.h"

#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/sip_parser.h>
#include <string.h>

#define BLANK " \t"

static gboolean
is_token (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr ("-.!%*_+`'~", *text) == NULL)
      return FALSE;
  return TRUE;
}

/* The method's number, or sip_method_unknown with its name. */
static void
set_method (const char *name, sip_method_t *method, const char **method_name)
{
  *method = sip_method_code (name);
  if (*method == sip_method_invalid)
    *method = sip_method_unknown;
  *method_name = sip_method_name (*method, name);
}

/* The words of a line that the library could not read: "METHOD what-should-be-a-URI SIP/2.0". The
 * method alone is odd: a request like others. The URI is unreadable: marked as bad, which the
 * library answers with 400 when it has read the headers. */
static issize_t
read_odd_line (su_home_t *home, sip_request_t *request, char *line)
{
  char *uri = strpbrk (line, BLANK), *version = g_strrstr (g_strchomp (line), " ");
  if (uri == NULL || version == NULL || version <= uri)
    return -1;
  *uri++ = '\0';
  *version++ = '\0';
  if (!is_token (line) || sip_version_d (&version, &request->rq_version) < 0 || *version != '\0')
    return -1;
  set_method (line, &request->rq_method, &request->rq_method_name);
  if (strpbrk (uri, BLANK) == NULL && url_d (request->rq_url, uri) >= 0)
    return 0;
  memset (request->rq_url, 0, sizeof request->rq_url);
  request->rq_url->url_type = url_invalid;
  msg_object ((msg_t *) home)->msg_flags |= MSG_FLG_ERROR; /* the home of a header is its message */
  return 0;
}

issize_t
tel_request_line_read (su_home_t *home, msg_header_t *header, char *text, isize_t length)
{
  char *copy = su_strdup (home, text);
  header->sh_common->h_class = sip_request_class;
  if (sip_request_class->hc_parse (home, header, text, (isize_t) length) >= 0)
    {
      su_free (home, copy);
      return 0;
    }
  return copy != NULL ? read_odd_line (home, (sip_request_t *) header, copy) : -1;
}

/* "8 !odd-Method": the same method stands in CSeq. */
issize_t
tel_request_line_read_cseq (su_home_t *home, msg_header_t *header, char *text, isize_t length)
{
  sip_cseq_t *cseq = (sip_cseq_t *) header;
  char *copy = su_strdup (home, text), *end = NULL;
  header->sh_common->h_class = sip_cseq_class;
  if (sip_cseq_class->hc_parse (home, header, text, (isize_t) length) >= 0)
    {
      su_free (home, copy);
      return 0;
    }
  guint64 number = copy != NULL && g_ascii_isdigit (*copy) ? g_ascii_strtoull (copy, &end, 10) : 0;
  if (end == NULL || number > G_MAXUINT32 || strchr (BLANK, *end) == NULL)
    return -1;
  g_strstrip (end);
  if (!is_token (end))
    return -1;
  cseq->cs_seq = (uint32_t) number;
  set_method (end, &cseq->cs_method, &cseq->cs_method_name);
  return 0;
}
