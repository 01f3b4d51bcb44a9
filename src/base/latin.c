/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters to letters by two tables: how Cyrillic is written in Latin, and which Latin spellings
 * sound the same. Pure. */
#include "base/latin.h"

#include "base/words.h"

#include <string.h>

#define CYRILLIC  0x430 /* а */
#define UNCERTAIN 0x44a /* ъ */

/* From а on, and what follows я. Before marks are dropped: й is not и. */
static const char *const cyrillic[] = {
  "a", "b",  "v",  "g", "d",  "e",  "zh", "z",  "i",  "y",   "k",  "l", "m", "n", "o",  "p",
  "r", "s",  "t",  "u", "f",  "h",  "ts", "ch", "sh", "sht", "a",  "y", "y", "e", "yu", "ya",
  "e", "yo", "dj", "g", "ye", "dz", "i",  "yi", "y",  "ly",  "ny", "c", "k", "i", "u",  "dzh",
};

/* Latin letters that no mark was taken from. */
static const struct
{
  gunichar letter;
  const char *latin;
} others[] = {
  { 0xdf, "ss" },  /* ß */
  { 0xe6, "ae" },  /* æ */
  { 0xf0, "d" },   /* ð */
  { 0xf8, "o" },   /* ø */
  { 0xfe, "th" },  /* þ */
  { 0x111, "d" },  /* đ */
  { 0x131, "i" },  /* ı */
  { 0x142, "l" },  /* ł */
  { 0x153, "oe" }, /* œ */
  { 0x491, "g" },  /* ґ */
};

static const char *
latin_of (gunichar c, char uncertain)
{
  if (c < 0x80)
    return NULL;
  c = g_unichar_tolower (c);
  if (c == UNCERTAIN)
    return uncertain == 'u' ? "u" : uncertain == 'i' ? "i" : "a";
  if (c >= CYRILLIC && c < CYRILLIC + G_N_ELEMENTS (cyrillic))
    return cyrillic[c - CYRILLIC];
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].letter == c)
      return others[i].latin;
  return NULL;
}

/* As base_words () does it, with letters for letters. */
static char *
write_latin (const char *text, char uncertain)
{
  g_autofree char *whole = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  GString *latin = g_string_sized_new (64);
  gboolean apart = FALSE;

  for (const char *at = whole != NULL ? whole : ""; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      const char *known = latin_of (c, uncertain);
      gunichar plain = known == NULL ? base_word_char (c) : 0;

      if (known == NULL && plain == 0)
        {
          apart = apart || !g_unichar_ismark (c);
          continue;
        }
      if (apart && latin->len > 0)
        g_string_append_c (latin, ' ');
      apart = FALSE;
      if (known != NULL)
        g_string_append (latin, known);
      else
        g_string_append_unichar (latin, plain);
    }

  return g_string_free (latin, FALSE);
}

char *
base_latin (const char *text)
{
  return write_latin (text, 'a');
}

/* The first that fits counts. */
static const struct
{
  const char *spelling, *sound;
} sounds[] = {
  { "shch", "sht" }, { "tch", "ch" }, { "tz", "c" }, { "ts", "c" }, { "ch", "ch" }, { "ck", "k" },
  { "zh", "j" },     { "kh", "h" },   { "x", "h" },  { "ph", "f" }, { "ou", "u" },  { "w", "v" },
  { "q", "ia" },     { "6t", "sht" }, { "4", "ch" }, { "6", "sh" }, { "y", "i" },
};

static const char *
sound_of (const char *at, gsize *length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_str_has_prefix (at, sounds[i].spelling))
      {
        *length = strlen (sounds[i].spelling);
        return sounds[i].sound;
      }
  *length = 1;
  return NULL;
}

char *
base_sound (const char *text, char uncertain)
{
  g_autofree char *latin = write_latin (text, uncertain);
  GString *sound = g_string_sized_new (strlen (latin));

  for (const char *at = latin; *at != '\0';)
    {
      gsize length;
      const char *known = sound_of (at, &length);

      for (const char *c = known != NULL ? known : at; known != NULL ? *c != '\0' : c == at; c++)
        if (sound->len == 0 || sound->str[sound->len - 1] != *c || g_ascii_isdigit (*c))
          g_string_append_c (sound, *c);
      at += length;
    }

  return g_string_free (sound, FALSE);
}

gboolean
base_is_uncertain (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_tolower (g_utf8_get_char (at)) == UNCERTAIN)
      return TRUE;
  return FALSE;
}

char *
base_digits (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *trunk = strstr (text, "(0)");

  for (const char *at = text; *at != '\0'; at++)
    if (trunk != NULL && at == trunk + 1 && digits->len > 0)
      continue;
    else if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);
    else if (strchr (" +-./()\302\240", *at) == NULL)
      return NULL;
  if (g_str_has_prefix (digits->str, "00"))
    g_string_erase (digits, 0, 2);

  return digits->len > 0 ? g_strdup (digits->str) : NULL;
}
