/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types by their first bytes, names without tricks. Pure; any thread. */
#include "server/channels/file-kind.h"

#include <string.h>

#define EXECUTABLE "executable"

const char file_kind_default[] =
    "image/png image/jpeg image/gif image/webp image/bmp image/tiff image/heic image/avif "
    "audio/* video/* application/pdf text/plain text/csv text/calendar text/vcard "
    "application/rtf application/msword application/vnd.ms-excel application/vnd.ms-powerpoint "
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document "
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "
    "application/vnd.openxmlformats-officedocument.presentationml.presentation "
    "application/vnd.oasis.opendocument.text application/vnd.oasis.opendocument.spreadsheet "
    "application/vnd.oasis.opendocument.presentation";

typedef struct
{
  guint offset;
  const char *bytes;
  guint length;
  const char *type;
} Magic;

#define MAGIC(offset, bytes, type)                                                                 \
  {                                                                                                \
    offset, bytes, sizeof bytes - 1, type                                                          \
  }

static const Magic magics[] = {
  MAGIC (0, "MZ", EXECUTABLE),
  MAGIC (0, "\177ELF", EXECUTABLE),
  MAGIC (0, "\xfe\xed\xfa\xce", EXECUTABLE),
  MAGIC (0, "\xfe\xed\xfa\xcf", EXECUTABLE),
  MAGIC (0, "\xce\xfa\xed\xfe", EXECUTABLE),
  MAGIC (0, "\xcf\xfa\xed\xfe", EXECUTABLE),
  MAGIC (0, "\xca\xfe\xba\xbe", EXECUTABLE),
  MAGIC (0, "\0asm", EXECUTABLE),
  MAGIC (0, "dex\n", EXECUTABLE),
  MAGIC (0, "\xef\xbb\xbf#!", EXECUTABLE),
  MAGIC (0, "L\0\0\0\x01\x14\x02\0", EXECUTABLE), /* a shortcut of Windows */
  MAGIC (0, "!<arch>\ndebian", EXECUTABLE),
  MAGIC (0, "\xed\xab\xee\xdb", EXECUTABLE), /* RPM */
  MAGIC (0, "[Desktop Entry]", EXECUTABLE),
  MAGIC (0, "\x89PNG\r\n\x1a\n", "image/png"),
  MAGIC (0, "\xff\xd8\xff", "image/jpeg"),
  MAGIC (0, "GIF87a", "image/gif"),
  MAGIC (0, "GIF89a", "image/gif"),
  MAGIC (8, "WEBP", "image/webp"),
  MAGIC (8, "WAVE", "audio/wav"),
  MAGIC (8, "AVI ", "video/x-msvideo"),
  MAGIC (0, "BM", "image/bmp"),
  MAGIC (0, "II*\0", "image/tiff"),
  MAGIC (0, "MM\0*", "image/tiff"),
  MAGIC (4, "ftypheic", "image/heic"),
  MAGIC (4, "ftypheix", "image/heic"),
  MAGIC (4, "ftypmif1", "image/heic"),
  MAGIC (4, "ftypavif", "image/avif"),
  MAGIC (4, "ftypqt  ", "video/quicktime"),
  MAGIC (4, "ftypM4A ", "audio/mp4"),
  MAGIC (4, "ftyp3g", "video/3gpp"),
  MAGIC (4, "ftyp", "video/mp4"),
  MAGIC (0, "\x1a\x45\xdf\xa3", "video/webm"),
  MAGIC (0, "OggS", "audio/ogg"),
  MAGIC (0, "ID3", "audio/mpeg"),
  MAGIC (0, "\xff\xfb", "audio/mpeg"),
  MAGIC (0, "\xff\xf3", "audio/mpeg"),
  MAGIC (0, "fLaC", "audio/flac"),
  MAGIC (0, "%PDF-", "application/pdf"),
  MAGIC (0, "{\\rtf", "application/rtf"),
};

/* What is run where it is opened, whatever its bytes look like. */
static const char *const run_endings[] = {
  "apk",     "app",    "appimage", "application", "appref-ms", "bash", "bat",  "bin",  "chm",
  "cmd",     "com",    "cpl",      "deb",         "desktop",   "dll",  "docm", "elf",  "exe",
  "flatpak", "gadget", "hta",      "htm",         "html",      "inf",  "iso",  "jar",  "js",
  "jse",     "ksh",    "lnk",      "mjs",         "msc",       "msi",  "msp",  "mst",  "php",
  "pif",     "pl",     "potm",     "ppam",        "ppsm",      "ps1",  "psm1", "pptm", "py",
  "pyw",     "rb",     "reg",      "rpm",         "run",       "scf",  "scr",  "sct",  "sh",
  "shtml",   "snap",   "svg",      "svgz",        "swf",       "url",  "vb",   "vbe",  "vbs",
  "wsc",     "wsf",    "wsh",      "xht",         "xhtml",     "xlam", "xlsm", "xltm", "zsh",
  NULL
};

/* The endings that a type has, the usual one first. */
static const struct
{
  const char *type, *endings;
} endings[] = {
  { "image/png", "png" },
  { "image/jpeg", "jpg jpeg jpe jfif" },
  { "image/gif", "gif" },
  { "image/webp", "webp" },
  { "image/bmp", "bmp dib" },
  { "image/tiff", "tiff tif" },
  { "image/heic", "heic heif" },
  { "image/avif", "avif" },
  { "audio/wav", "wav" },
  { "audio/mp4", "m4a mp4" },
  { "audio/ogg", "ogg oga opus ogv" },
  { "audio/mpeg", "mp3" },
  { "audio/flac", "flac" },
  { "audio/amr", "amr" },
  { "video/x-msvideo", "avi" },
  { "video/quicktime", "mov qt" },
  { "video/3gpp", "3gp 3g2 3gpp" },
  { "video/mp4", "mp4 m4v" },
  { "video/webm", "webm mkv mka" },
  { "application/pdf", "pdf" },
  { "application/rtf", "rtf" },
  { "application/msword", "doc dot" },
  { "application/vnd.ms-excel", "xls" },
  { "application/vnd.ms-powerpoint", "ppt pps" },
  { "application/zip", "zip" },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx" },
  { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx" },
  { "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx" },
  { "application/vnd.oasis.opendocument.text", "odt" },
  { "application/vnd.oasis.opendocument.spreadsheet", "ods" },
  { "application/vnd.oasis.opendocument.presentation", "odp" },
  { "text/csv", "csv" },
  { "text/calendar", "ics" },
  { "text/vcard", "vcf vcard" },
  { "text/plain", "txt text log md eml" },
};

/* --- bytes ------------------------------------------------------------------------------------ */

static gboolean
has (const guint8 *bytes, gsize length, const char *what)
{
  return memmem (bytes, length, what, strlen (what)) != NULL;
}

static gboolean
begins (const guint8 *bytes, gsize length, const char *what)
{
  return length >= strlen (what) && memcmp (bytes, what, strlen (what)) == 0;
}

/* Office documents are archives: the first entries say of what. */
static const char *
zip_kind (const guint8 *head, gsize length, const guint8 *tail, gsize tail_length)
{
  static const char *const open_document = "mimetypeapplication/vnd.oasis.opendocument.";

  if (has (head, length, "META-INF/MANIFEST.MF") ||
      has (tail, tail_length, "AndroidManifest.xml") ||
      has (tail, tail_length, "META-INF/MANIFEST.MF") || has (tail, tail_length, ".class") ||
      has (tail, tail_length, "vbaProject.bin"))
    return EXECUTABLE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      const char *type = endings[i].type;
      g_autofree char *entry = g_strconcat ("mimetype", type, NULL);

      if (g_str_has_prefix (entry, open_document) && has (head, length, entry))
        return type;
    }
  if (!has (head, length, "[Content_Types].xml") && !has (head, length, "_rels/.rels"))
    return "application/zip";
  if (has (tail, tail_length, "word/document.xml"))
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  if (has (tail, tail_length, "xl/workbook.xml"))
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  if (has (tail, tail_length, "ppt/presentation.xml"))
    return "application/vnd.openxmlformats-officedocument.presentationml.presentation";

  return "application/zip";
}

/* The old ones of an office: a file system in a file, told apart by the name. */
static const char *
ole_kind (const char *ending)
{
  if (g_strcmp0 (ending, "xls") == 0)
    return "application/vnd.ms-excel";
  if (g_strcmp0 (ending, "ppt") == 0 || g_strcmp0 (ending, "pps") == 0)
    return "application/vnd.ms-powerpoint";
  if (g_strcmp0 (ending, "doc") == 0 || g_strcmp0 (ending, "dot") == 0)
    return "application/msword";

  return "";
}

/* Where the head may end within a character. */
static gboolean
is_text (const guint8 *head, gsize length)
{
  const char *end = NULL;

  if (memchr (head, '\0', length) != NULL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (head[i] < 0x20 && head[i] != '\t' && head[i] != '\n' && head[i] != '\r' && head[i] != '\f')
      return FALSE;

  return g_utf8_validate ((const char *) head, (gssize) length, &end) ||
         length - (gsize) (end - (const char *) head) < 4;
}

/* What a browser would take for a page. */
static gboolean
is_page (const guint8 *head, gsize length)
{
  static const char *const marks[] = { "<!doctype", "<html", "<script", "<svg", "<?xml",
                                       "<body",     "<head", "<iframe", "<!--", NULL };
  gsize at = begins (head, length, "\xef\xbb\xbf") ? 3 : 0;

  while (at < length && g_ascii_isspace (head[at]))
    at++;
  for (guint i = 0; marks[i] != NULL; i++)
    if (length - at >= strlen (marks[i]) &&
        g_ascii_strncasecmp ((const char *) head + at, marks[i], strlen (marks[i])) == 0)
      return TRUE;

  return FALSE;
}

static const char *
text_kind (const guint8 *head, gsize length, const char *ending)
{
  if (is_page (head, length))
    return EXECUTABLE;
  if (begins (head, length, "BEGIN:VCARD"))
    return "text/vcard";
  if (begins (head, length, "BEGIN:VCALENDAR"))
    return "text/calendar";

  return g_strcmp0 (ending, "csv") == 0 ? "text/csv" : "text/plain";
}

static char *
ending_of (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot != name ? g_ascii_strdown (dot + 1, -1) : NULL;
}

const char *
file_kind (const guint8 *head,
           gsize head_length,
           const guint8 *tail,
           gsize tail_length,
           const char *name)
{
  g_autofree char *ending = ending_of (name);

  if (ending != NULL && g_strv_contains (run_endings, ending))
    return EXECUTABLE;
  if (begins (head, head_length, "#!AMR"))
    return "audio/amr";
  if (begins (head, head_length, "#!"))
    return EXECUTABLE;
  if (head_length >= 4 && memcmp (head, "PK\3\4", 4) == 0)
    return zip_kind (head, head_length, tail, tail_length);
  if (begins (head, head_length, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    return ole_kind (ending);
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (head_length >= magics[i].offset + magics[i].length &&
        memcmp (head + magics[i].offset, magics[i].bytes, magics[i].length) == 0 &&
        (magics[i].length > 3 || !is_text (head, head_length)))
      return magics[i].type;

  return is_text (head, head_length) ? text_kind (head, head_length, ending) : "";
}

gboolean
file_kind_is_allowed (const char *types, const char *type)
{
  g_auto (GStrv) words = g_strsplit (types, " ", -1);
  const char *slash = strchr (type, '/');

  for (guint i = 0; slash != NULL && words[i] != NULL; i++)
    if (g_str_equal (words[i], type) ||
        (g_str_has_suffix (words[i], "/*") &&
         strncmp (words[i], type, (gsize) (slash - type) + 1) == 0 &&
         strlen (words[i]) == (gsize) (slash - type) + 2))
      return TRUE;

  return FALSE;
}

/* --- names ------------------------------------------------------------------------------------ */

/* Control, format and direction characters, and those that mean something in a path or a shell. */
static gboolean
is_plain (gunichar c)
{
  const guint hidden = 1U << G_UNICODE_CONTROL | 1U << G_UNICODE_FORMAT |
                       1U << G_UNICODE_SURROGATE | 1U << G_UNICODE_PRIVATE_USE |
                       1U << G_UNICODE_UNASSIGNED | 1U << G_UNICODE_LINE_SEPARATOR |
                       1U << G_UNICODE_PARAGRAPH_SEPARATOR;

  return (hidden & 1U << g_unichar_type (c)) == 0 &&
         (c >= 0x80 || strchr ("/\\:*?\"<>|", (int) c) == NULL);
}

static const char *
usual_endings (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_equal (endings[i].type, type))
      return endings[i].endings;

  return NULL;
}

static void
set_ending (GString *name, const char *type)
{
  const char *usual = type != NULL ? usual_endings (type) : NULL;
  g_auto (GStrv) all = usual != NULL ? g_strsplit (usual, " ", -1) : NULL;
  g_autofree char *ending = ending_of (name->str);

  /* A plain text may be called as its writer likes. */
  if (all == NULL || (ending != NULL && g_strv_contains ((const char *const *) all, ending)) ||
      (ending != NULL && g_str_equal (type, "text/plain")))
    return;
  g_string_append_c (name, '.');
  g_string_append (name, all[0]);
}

/* Too long: the middle goes, the ending stays. */
static void
shorten (GString *name)
{
  glong length = g_utf8_strlen (name->str, -1);
  const char *dot = strrchr (name->str, '.');
  glong ending = dot != NULL ? g_utf8_strlen (dot, -1) : 0;
  char *from, *to;

  if (length <= FILE_NAME_MAX)
    return;
  if (ending > 12)
    ending = 0;
  from = g_utf8_offset_to_pointer (name->str, FILE_NAME_MAX - ending);
  to = g_utf8_offset_to_pointer (name->str, length - ending);
  g_string_erase (name, from - name->str, to - from);
}

char *
file_name_clean (const char *name, const char *type)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  const char *base = composed != NULL ? composed : "";

  for (const char *at = base; *at != '\0'; at++)
    if (*at == '/' || *at == '\\')
      base = at + 1;
  for (const char *at = base; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        c = ' ';
      if (is_plain (c) && (clean->len > 0 || (c != '.' && c != ' ' && c != '-')))
        g_string_append_unichar (clean, c);
    }
  while (clean->len > 0 && strchr (". ", clean->str[clean->len - 1]) != NULL)
    g_string_truncate (clean, clean->len - 1);
  if (clean->len == 0)
    g_string_append (clean, "file");
  set_ending (clean, type);
  shorten (clean);

  return g_string_free (g_steal_pointer (&clean), FALSE);
}
