/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of the directory: three texts of the same entries, one behind the other: the names in
 * Latin letters, how they sound, and the digits of their numbers. 50 000 names are some megabytes,
 * which memmem () reads in a few milliseconds; nothing has to be kept in order for that, and a part
 * of a word is found as its beginning is. Immutable; any thread. */
#include "server/centre/directory-index.h"

#include "base/latin.h"

#include <string.h>

/* A letter or two sound like too much. */
#define SOUND_LETTERS 3

/* What stands before a name, and before what is said beside it. */
#define NAME  '\n'
#define ASIDE '\t'

const char *const directory_kind_names[] = { "agent",       "queue",      "team",    "skill",
                                             "entry_point", "speed_dial", "contact", NULL };

typedef enum
{
  TEXT_LATIN,
  TEXT_SOUND,
  TEXT_DIGITS,
} Text;
#define N_TEXTS (TEXT_DIGITS + 1)

typedef enum
{
  FIT_EXACT,
  FIT_BEGINNING,
  FIT_WORD,
  FIT_INSIDE,
  FIT_NOT,
} Fit;

/* By text and fit. */
static const guint8 ranks[N_TEXTS][FIT_NOT] = {
  [TEXT_LATIN] = { 0, 1, 2, 4 },
  [TEXT_SOUND] = { 3, 3, 3, 5 },
  [TEXT_DIGITS] = { 0, 1, 1, 4 },
};
#define N_RANKS   6
#define NOT_FOUND 255

struct _DirectoryIndex
{
  int references;
  ModelDefinitions *definitions;
  DirectoryEntry *entries;
  guint n;
  GString *texts[N_TEXTS];
  guint32 *begins[N_TEXTS]; /* of each entry, and one more for the end */
  GHashTable *places;       /* "kind:id" → place + 1 */
};

/* An entry on its way into the index. */
typedef struct
{
  DirectoryEntry entry;
  char *texts[N_TEXTS];
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  for (guint i = 0; i < N_TEXTS; i++)
    g_free (draft->texts[i]);
  g_free (draft);
}

/* --- making ----------------------------------------------------------------------------------- */

static void
add_line (GString *text, char before, const char *line)
{
  g_string_append_c (text, before);
  g_string_append (text, line);
}

static void
add_name (GString *texts[], char before, const char *name)
{
  static const char spellings[] = { 'a', 'u', 'i' };
  g_autofree char *latin = base_latin (name);
  guint n = base_is_uncertain (name) ? G_N_ELEMENTS (spellings) : 1;

  add_line (texts[TEXT_LATIN], before, latin);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sound = base_sound (name, spellings[i]);

      add_line (texts[TEXT_SOUND], before, sound);
    }
}

static void
add_names (GString *texts[], ModelNames names)
{
  for (char **name = names; name != NULL && name[0] != NULL; name += 2)
    add_name (texts, NAME, name[1]);
}

static void
add_number (GString *texts[], const char *number)
{
  g_autofree char *digits = number != NULL ? base_digits (number) : NULL;

  if (digits != NULL)
    add_line (texts[TEXT_DIGITS], NAME, digits);
}

static void
add_numbers (GString *texts[], char **numbers)
{
  for (char **number = numbers; number != NULL && *number != NULL; number++)
    add_number (texts, *number);
}

static void
write_entry (const DirectoryEntry *entry, GString *texts[])
{
  const ModelEntryPoint *point = entry->noun;
  const ModelContact *contact = entry->noun;

  switch (entry->kind)
    {
    case DIRECTORY_AGENT:
      add_name (texts, NAME, ((const ModelAgent *) entry->noun)->name);
      add_number (texts, ((const ModelAgent *) entry->noun)->number);
      break;
    case DIRECTORY_QUEUE:
      add_names (texts, ((const ModelQueue *) entry->noun)->names);
      break;
    case DIRECTORY_TEAM:
      add_names (texts, ((const ModelTeam *) entry->noun)->names);
      break;
    case DIRECTORY_SKILL:
      add_names (texts, ((const ModelSkill *) entry->noun)->names);
      break;
    case DIRECTORY_ENTRY_POINT:
      add_names (texts, point->names);
      add_numbers (texts, point->addresses);
      break;
    case DIRECTORY_SPEED_DIAL:
      add_names (texts, ((const ModelSpeedDial *) entry->noun)->names);
      add_number (texts, ((const ModelSpeedDial *) entry->noun)->number);
      break;
    case DIRECTORY_CONTACT:
      add_name (texts, NAME, contact->name);
      if (contact->organisation != NULL)
        add_name (texts, ASIDE, contact->organisation);
      add_numbers (texts, contact->numbers);
      break;
    }
}

static void
draft_list (GPtrArray *drafts, DirectoryKind kind, GPtrArray *nouns, GString *texts[])
{
  for (guint i = 0; nouns != NULL && i < nouns->len; i++)
    {
      Draft *draft = g_new0 (Draft, 1);

      /* Every noun begins with its id. */
      draft->entry = (DirectoryEntry){ kind, *(char **) nouns->pdata[i], nouns->pdata[i] };
      for (guint j = 0; j < N_TEXTS; j++)
        g_string_truncate (texts[j], 0);
      write_entry (&draft->entry, texts);
      for (guint j = 0; j < N_TEXTS; j++)
        draft->texts[j] = g_strdup (texts[j]->str);
      g_ptr_array_add (drafts, draft);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Draft *one = *(const Draft **) a, *other = *(const Draft **) b;

  if (one->entry.kind != other->entry.kind)
    return (int) one->entry.kind - (int) other->entry.kind;
  return strcmp (one->texts[TEXT_LATIN], other->texts[TEXT_LATIN]);
}

static GPtrArray *
draft_all (const ModelDefinitions *definitions)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (draft_free);
  GString *texts[N_TEXTS] = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };

  draft_list (drafts, DIRECTORY_AGENT, definitions->agents, texts);
  draft_list (drafts, DIRECTORY_QUEUE, definitions->queues, texts);
  draft_list (drafts, DIRECTORY_TEAM, definitions->teams, texts);
  draft_list (drafts, DIRECTORY_SKILL, definitions->skills, texts);
  draft_list (drafts, DIRECTORY_ENTRY_POINT, definitions->entry_points, texts);
  draft_list (drafts, DIRECTORY_SPEED_DIAL, definitions->speed_dials, texts);
  draft_list (drafts, DIRECTORY_CONTACT, definitions->contacts, texts);
  for (guint i = 0; i < N_TEXTS; i++)
    g_string_free (texts[i], TRUE);
  g_ptr_array_sort (drafts, compare);
  return drafts;
}

static char *
key_of (DirectoryKind kind, const char *id)
{
  return g_strconcat (directory_kind_names[kind], ":", id, NULL);
}

DirectoryIndex *
directory_index_new (ModelDefinitions *definitions)
{
  DirectoryIndex *self = g_new0 (DirectoryIndex, 1);
  g_autoptr (GPtrArray) drafts = draft_all (definitions);

  self->references = 1;
  self->definitions = model_definitions_ref (definitions);
  self->n = drafts->len;
  self->entries = g_new0 (DirectoryEntry, self->n + 1);
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint j = 0; j < N_TEXTS; j++)
    {
      self->texts[j] = g_string_new (NULL);
      self->begins[j] = g_new0 (guint32, self->n + 1);
    }
  for (guint i = 0; i < self->n; i++)
    {
      const Draft *draft = drafts->pdata[i];

      self->entries[i] = draft->entry;
      g_hash_table_insert (self->places, key_of (draft->entry.kind, draft->entry.id),
                           GUINT_TO_POINTER (i + 1));
      for (guint j = 0; j < N_TEXTS; j++)
        {
          self->begins[j][i] = (guint32) self->texts[j]->len;
          g_string_append (self->texts[j], draft->texts[j]);
        }
    }
  for (guint j = 0; j < N_TEXTS; j++)
    {
      self->begins[j][self->n] = (guint32) self->texts[j]->len;
      g_string_append_c (self->texts[j], NAME);
    }

  return self;
}

DirectoryIndex *
directory_index_ref (DirectoryIndex *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

void
directory_index_unref (DirectoryIndex *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->references))
    return;
  for (guint j = 0; j < N_TEXTS; j++)
    {
      g_string_free (self->texts[j], TRUE);
      g_free (self->begins[j]);
    }
  g_hash_table_unref (self->places);
  g_free (self->entries);
  model_definitions_unref (self->definitions);
  g_free (self);
}

ModelDefinitions *
directory_index_definitions (const DirectoryIndex *self)
{
  return self->definitions;
}

guint
directory_index_length (const DirectoryIndex *self)
{
  return self->n;
}

const DirectoryEntry *
directory_index_entry (const DirectoryIndex *self, guint place)
{
  return place < self->n ? &self->entries[place] : NULL;
}

gboolean
directory_index_place (const DirectoryIndex *self, DirectoryKind kind, const char *id, guint *place)
{
  g_autofree char *key = key_of (kind, id);
  gpointer found = g_hash_table_lookup (self->places, key);

  if (found == NULL)
    return FALSE;
  *place = GPOINTER_TO_UINT (found) - 1;
  return TRUE;
}

gboolean
directory_kind_from_text (const char *text, DirectoryKind *kind)
{
  int found = model_enum_from_text (directory_kind_names, text);

  if (found < 0)
    return FALSE;
  *kind = (DirectoryKind) found;
  return TRUE;
}

/* --- how well it fits ------------------------------------------------------------------------- */

/* What is looked for in one of the texts. */
typedef struct
{
  Text text;
  char *whole;
  char **words;
  const char *longest; /* of the words */
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->whole);
  g_strfreev (wanted->words);
  g_free (wanted);
}

/* Takes the text. */
static void
want (GPtrArray *all, Text text, char *whole)
{
  Wanted *wanted;

  if (whole == NULL || *whole == '\0' || (text == TEXT_SOUND && strlen (whole) < SOUND_LETTERS))
    {
      g_free (whole);
      return;
    }
  wanted = g_new0 (Wanted, 1);
  wanted->text = text;
  wanted->whole = whole;
  wanted->words = g_strsplit (whole, " ", -1);
  wanted->longest = wanted->words[0];
  for (char **word = wanted->words; *word != NULL; word++)
    if (strlen (*word) > strlen (wanted->longest))
      wanted->longest = *word;
  g_ptr_array_add (all, wanted);
}

/* As people write a number: with a national or international beginning, or its end alone. */
static char *
number_wanted (const char *text)
{
  g_autofree char *digits = base_digits (text);
  const char *bare = digits != NULL ? digits + strspn (digits, "0") : "";

  return strlen (bare) >= 2 ? g_strdup (bare) : NULL;
}

static GPtrArray *
wanted_of (const char *text)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (wanted_free);

  want (all, TEXT_LATIN, base_latin (text));
  want (all, TEXT_DIGITS, number_wanted (text));
  want (all, TEXT_SOUND, base_sound (text, 'a'));
  if (base_is_uncertain (text))
    {
      want (all, TEXT_SOUND, base_sound (text, 'u'));
      want (all, TEXT_SOUND, base_sound (text, 'i'));
    }

  return all;
}

static gboolean
ends_here (char c)
{
  return c == NAME || c == ASIDE || c == '\0';
}

/* Of one run of letters in the lines of an entry; @text begins with NAME. */
static Fit
fit_of_word (const char *text, gsize length, const char *word)
{
  gsize n = strlen (word);
  Fit best = FIT_NOT;

  for (const char *at = text; at < text + length && best > FIT_EXACT; at++)
    {
      at = memmem (at, (gsize) (text + length - at), word, n);
      if (at == NULL)
        break;
      if (at[-1] == NAME)
        best = MIN (best, ends_here (at[n]) ? FIT_EXACT : FIT_BEGINNING);
      else
        best = MIN (best, at[-1] == ' ' || at[-1] == ASIDE ? FIT_WORD : FIT_INSIDE);
    }

  return best;
}

/* The last digits are what people remember of a number. */
static gboolean
is_end (const char *text, gsize length, const char *digits)
{
  gsize n = strlen (digits);

  for (const char *at = text; at < text + length; at++)
    {
      at = memmem (at, (gsize) (text + length - at), digits, n);
      if (at == NULL)
        return FALSE;
      if (ends_here (at[n]))
        return TRUE;
    }
  return FALSE;
}

static Fit
fit_of (const Wanted *wanted, const char *text, gsize length)
{
  Fit whole = fit_of_word (text, length, wanted->whole);
  Fit worst = FIT_WORD;

  if (whole == FIT_INSIDE && wanted->text == TEXT_DIGITS && is_end (text, length, wanted->whole))
    return FIT_WORD;
  if (whole < FIT_INSIDE || wanted->words[1] == NULL)
    return whole;
  for (char **word = wanted->words; *word != NULL && worst < FIT_NOT; word++)
    worst = MAX (worst, fit_of_word (text, length, *word));

  return worst;
}

gboolean
directory_text_fits (const char *text, const char *name, const char *number)
{
  g_autoptr (GPtrArray) wanted = wanted_of (text);
  GString *texts[N_TEXTS] = { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL) };
  gboolean fits = wanted->len == 0;

  add_name (texts, NAME, name);
  add_number (texts, number);
  for (guint i = 0; i < wanted->len && !fits; i++)
    {
      const Wanted *one = wanted->pdata[i];

      fits = fit_of (one, texts[one->text]->str, texts[one->text]->len) < FIT_NOT;
    }
  for (guint i = 0; i < N_TEXTS; i++)
    g_string_free (texts[i], TRUE);

  return fits;
}

/* --- finding ---------------------------------------------------------------------------------- */

/* The best rank of each entry so far. */
static void
scan (const DirectoryIndex *self, const Wanted *wanted, guint8 *found)
{
  const GString *text = self->texts[wanted->text];
  const guint32 *begins = self->begins[wanted->text];
  const char *end = text->str + text->len, *at = text->str;
  gsize n = strlen (wanted->longest);
  guint i = 0;

  while (i < self->n && (at = memmem (at, (gsize) (end - at), wanted->longest, n)) != NULL)
    {
      guint32 offset = (guint32) (at - text->str);
      Fit fit;

      while (i + 1 < self->n && begins[i + 1] <= offset)
        i++;
      fit = fit_of (wanted, text->str + begins[i], begins[i + 1] - begins[i]);
      if (fit < FIT_NOT)
        found[i] = MIN (found[i], ranks[wanted->text][fit]);
      at = text->str + begins[++i];
    }
}

static GHashTable *
set_of (const GArray *places)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; places != NULL && i < places->len; i++)
    g_hash_table_add (set, GUINT_TO_POINTER (g_array_index (places, guint, i)));
  return set;
}

static gboolean
is_wanted (const DirectoryEntry *entry, const DirectoryQuestion *question)
{
  return (question->kinds == 0 || (question->kinds & (1u << entry->kind)) != 0) &&
         (question->visible == NULL || question->visible (entry, question->user_data));
}

/* Group 0: favourites, 1: recent ones, 2: the rest; each by rank, each rank in the index's order.
 */
static GArray *
in_order (const DirectoryIndex *self, const DirectoryQuestion *question, const guint8 *found)
{
  g_autoptr (GHashTable) favourites = set_of (question->favourites);
  g_autoptr (GHashTable) recent = set_of (question->recent);
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *buckets[3 * N_RANKS];

  for (guint b = 0; b < G_N_ELEMENTS (buckets); b++)
    buckets[b] = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->n; i++)
    {
      guint group = 2;

      if (found[i] == NOT_FOUND || !is_wanted (&self->entries[i], question))
        continue;
      if (g_hash_table_contains (favourites, GUINT_TO_POINTER (i)))
        group = 0;
      else if (g_hash_table_contains (recent, GUINT_TO_POINTER (i)))
        group = 1;
      g_array_append_val (buckets[group * N_RANKS + found[i]], i);
    }
  for (guint b = 0; b < G_N_ELEMENTS (buckets); b++)
    {
      g_array_append_vals (order, buckets[b]->data, buckets[b]->len);
      g_array_unref (buckets[b]);
    }

  return order;
}

GArray *
directory_index_find (const DirectoryIndex *self, const DirectoryQuestion *question)
{
  g_autoptr (GPtrArray) wanted = wanted_of (question->text);
  g_autofree guint8 *found = g_malloc (self->n + 1);

  memset (found, wanted->len == 0 && *question->text == '\0' ? 0 : NOT_FOUND, self->n + 1);
  for (guint i = 0; i < wanted->len; i++)
    scan (self, wanted->pdata[i], found);

  return in_order (self, question, found);
}
