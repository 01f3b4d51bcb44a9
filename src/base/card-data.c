/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds card numbers: a window over the text's digits, whose ends are ends of groups, so that no
 * part of a longer number is taken for a card. Owns nothing; pure; any thread. */
#include "base/card-data.h"

#include <string.h>

#define DIGITS_MIN 13
#define DIGITS_MAX 19
#define PHONE_MAX  15 /* digits behind a plus */
#define BETWEEN    3  /* characters that may stand between two digits of one number: " - " */

/* The first digits of the networks' numbers, and how long those are. */
static const struct
{
  guint from, to; /* of as many digits as they have */
  guint shortest, longest;
} networks[] = {
  { 4, 4, 13, 13 },       { 4, 4, 16, 16 },       { 4, 4, 19, 19 },       /* Visa */
  { 51, 55, 16, 16 },     { 2221, 2720, 16, 16 },                         /* Mastercard */
  { 34, 34, 15, 15 },     { 37, 37, 15, 15 },                             /* American Express */
  { 300, 305, 14, 14 },   { 309, 309, 14, 14 },   { 36, 36, 14, 14 },     /* Diners Club */
  { 38, 39, 14, 14 },     { 6011, 6011, 16, 19 }, { 644, 649, 16, 19 },   /* …, Discover */
  { 65, 65, 16, 19 },     { 3528, 3589, 16, 19 }, { 62, 62, 16, 19 },     /* …, JCB, UnionPay */
  { 2200, 2204, 16, 19 }, { 9792, 9792, 16, 16 },                         /* Mir, Troy */
  { 5018, 5018, 13, 19 }, { 5020, 5020, 13, 19 }, { 5038, 5038, 13, 19 }, /* Maestro */
  { 5893, 5893, 13, 19 }, { 6304, 6304, 13, 19 }, { 6759, 6759, 13, 19 }, /* Maestro */
  { 6761, 6763, 13, 19 }, { 5019, 5019, 16, 16 },                         /* …, Dankort */
  { 508, 508, 16, 16 },                                                   /* RuPay */
};

/* One decimal digit of the text. */
typedef struct
{
  gsize at, end; /* bytes */
  guint8 value;
  gboolean first, last; /* of a group: no digit stands directly before, or behind */
  guint behind_plus;    /* the how many-th digit behind a plus; 0: there was none */
} Digit;

static gboolean
stands_between (gunichar c)
{
  switch (c)
    {
    case ' ':
    case '-':
    case '.':
    case 0x00a0: /* no-break space */
    case 0x00ad: /* soft hyphen */
    case 0x00b7: /* middle dot */
    case 0x2212: /* minus */
    case 0x3000: /* the space, hyphen and dot beside full-width digits */
    case 0xff0d:
    case 0xff0e:
    case 0xfeff: /* a space without width */
      return TRUE;
    default:
      /* Spaces of all widths, those without any, hyphens and dashes, marks of direction. */
      return (c >= 0x2000 && c <= 0x2015) || (c >= 0x202a && c <= 0x202f) ||
             (c >= 0x2060 && c <= 0x206f);
    }
}

static gboolean
begins_as (const Digit *digits, guint n, guint from, guint to)
{
  guint length = from < 10 ? 1 : from < 100 ? 2 : from < 1000 ? 3 : 4;
  guint value = 0;

  if (n < length)
    return FALSE;
  for (guint i = 0; i < length; i++)
    value = value * 10 + digits[i].value;

  return value >= from && value <= to;
}

static gboolean
is_of_a_network (const Digit *digits, guint n)
{
  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    if (n >= networks[i].shortest && n <= networks[i].longest &&
        begins_as (digits, n, networks[i].from, networks[i].to))
      return TRUE;

  return FALSE;
}

static gboolean
check_digit_fits (const Digit *digits, guint n)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    {
      guint value = digits[n - 1 - i].value;

      sum += i % 2 == 0 ? value : value < 5 ? 2 * value : 2 * value - 9;
    }

  return sum % 10 == 0;
}

static gboolean
is_of_a_phone (const Digit *digits, guint n)
{
  return digits[0].behind_plus > 0 && digits[n - 1].behind_plus <= PHONE_MAX;
}

/* How many of these digits are a card's number; 0: none begins here. The longest is taken, so that
 * none of it stays. */
static guint
card_at (const Digit *digits, guint n)
{
  if (!digits[0].first)
    return 0;
  for (guint length = MIN (n, DIGITS_MAX); length >= DIGITS_MIN; length--)
    if (digits[length - 1].last && !is_of_a_phone (digits, length) &&
        is_of_a_network (digits, length) && check_digit_fits (digits, length))
      return length;

  return 0;
}

static void
append_masked (GString *into, const Digit *digits, guint n)
{
  g_string_append (into, BASE_CARD_MASK);
  for (guint i = n - 4; i < n; i++)
    g_string_append_c (into, (char) ('0' + digits[i].value));
}

/* Digits of one run, which nothing but separators divides. Up to @done the text is in @into. */
static void
mask_run (const char *text, const GArray *run, GString **into, gsize *done)
{
  const Digit *digits = (const Digit *) run->data;

  for (guint i = 0; i + DIGITS_MIN <= run->len;)
    {
      guint n = card_at (digits + i, run->len - i);

      if (n == 0)
        {
          i++;
          continue;
        }
      if (*into == NULL)
        *into = g_string_new (NULL);
      g_string_append_len (*into, text + *done, (gssize) (digits[i].at - *done));
      append_masked (*into, digits + i, n);
      *done = digits[i + n - 1].end;
      i += n;
    }
}

/* The bytes of a number that was masked before, if one stands here: its last digits are no
 * beginning of another. */
static gsize
masked_length (const char *at)
{
  gsize length = strlen (BASE_CARD_MASK);

  if (strncmp (at, BASE_CARD_MASK, length) != 0)
    return 0;
  for (guint i = 0; i < 4; i++, length++)
    if (!g_ascii_isdigit (at[length]))
      return 0;

  return length;
}

static void
end_run (const char *text, GArray *run, GString **into, gsize *done)
{
  mask_run (text, run, into, done);
  g_array_set_size (run, 0);
}

static void
add_digit (GArray *run, const char *text, const char *at, guint8 value, gboolean first)
{
  const Digit *before = run->len > 0 ? &g_array_index (run, Digit, run->len - 1) : NULL;
  guint behind = before != NULL && before->behind_plus > 0 ? before->behind_plus + 1 : 0;
  Digit digit = { .at = (gsize) (at - text),
                  .end = (gsize) (g_utf8_next_char (at) - text),
                  .value = value,
                  .first = first,
                  .last = TRUE,
                  .behind_plus = at > text && at[-1] == '+' ? 1 : behind };

  if (!first)
    g_array_index (run, Digit, run->len - 1).last = FALSE;
  g_array_append_val (run, digit);
}

char *
base_card_mask (const char *text)
{
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (Digit));
  GString *into = NULL;
  gsize done = 0;
  guint between = 0;

  for (const char *at = text; *at != '\0';)
    {
      gunichar c = g_utf8_get_char (at);
      gsize masked = masked_length (at);

      if (g_unichar_isdigit (c))
        {
          add_digit (run, text, at, (guint8) g_unichar_digit_value (c),
                     run->len == 0 || between > 0);
          between = 0;
        }
      else if (masked > 0 || !stands_between (c) || ++between > BETWEEN)
        end_run (text, run, &into, &done);
      at = masked > 0 ? at + masked : g_utf8_next_char (at);
    }
  end_run (text, run, &into, &done);
  if (into == NULL)
    return NULL;
  g_string_append (into, text + done);

  return g_string_free (into, FALSE);
}

gboolean
base_card_found (const char *text)
{
  g_autofree char *masked = base_card_mask (text);

  return masked != NULL;
}
