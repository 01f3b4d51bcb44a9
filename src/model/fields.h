/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table per noun says how its members stand in JSON; reading, writing, freeing and the check of
 * references are then the same code for all of them. Reading reports every error with its place.
 * Pure functions over plain memory, usable on any thread. */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  MODEL_FIELD_STRING,     /* char *, owned; max is the limit in characters */
  MODEL_FIELD_ID,         /* char *, owned: [a-z0-9][a-z0-9_.-]{0,63} */
  MODEL_FIELD_INTERNED,   /* const char *, interned, never freed; compare by pointer */
  MODEL_FIELD_IDS,        /* char **, owned list of ids without repetition */
  MODEL_FIELD_STRINGS,    /* char **, owned list of strings, each at most max characters */
  MODEL_FIELD_NAMES,      /* ModelNames, owned */
  MODEL_FIELD_INT,        /* gint32 within min and max */
  MODEL_FIELD_INT64,      /* gint64 within min and max */
  MODEL_FIELD_BOOL,       /* gboolean */
  MODEL_FIELD_ENUM,       /* gint32; extra is the table of names */
  MODEL_FIELD_RUNTIME_ID, /* ModelId; min is the letter of its kind */
  MODEL_FIELD_TIME,       /* gint64, milliseconds of UTC, RFC 3339 in JSON */
  MODEL_FIELD_OBJECT,     /* an embedded struct; extra is its ModelNoun */
  MODEL_FIELD_OBJECTS,    /* GPtrArray *, owned, of structs; extra is their ModelNoun */
} ModelFieldType;

typedef enum
{
  MODEL_FIELD_REQUIRED = 1 << 0, /* absent is an error */
  MODEL_FIELD_OPTIONAL = 1 << 1, /* written only when it is not its fallback */
} ModelFieldFlags;

typedef struct
{
  const char *name;
  ModelFieldType type;
  gsize offset;
  guint flags;
  gint64 min;
  gint64 max;
  gint64 fallback;    /* the value when absent: numbers, booleans and enums */
  const void *extra;  /* const char *const * of an enum, ModelNoun of objects */
  const char *refers; /* the list of the definitions that holds what these ids name, or NULL */
} ModelField;

typedef struct
{
  const char *name;
  gsize size;
  const ModelField *fields; /* ends with a NULL name */
} ModelNoun;

/* An error and its place, such as `queues[3].wrap_up.seconds`. */
typedef struct
{
  char *path;
  char *code; /* stable: missing, type, range, length, syntax, repeated, unknown_member, unknown_id,
                 ... */
  char *message; /* English, for logs and developers */
} ModelProblem;

void model_problem_free (ModelProblem *problem);
GPtrArray *model_problems_new (void);
void model_problems_add (GPtrArray *problems,
                         const char *path,
                         const char *code,
                         const char *format,
                         ...) G_GNUC_PRINTF (4, 5);

/* Fills the zeroed struct at `into`; always leaves something that model_fields_clear () takes.
 * FALSE if problems were added. */
gboolean model_fields_read (const ModelNoun *noun,
                            JsonObject *object,
                            const char *path,
                            gpointer into,
                            GPtrArray *problems);
void model_fields_write (const ModelNoun *noun, gconstpointer from, GString *json);
JsonNode *model_fields_to_node (const ModelNoun *noun, gconstpointer from);
void model_fields_clear (const ModelNoun *noun, gpointer what);

/* Calls back for each id that refers to another noun. */
typedef void (*ModelReferenceFunc) (const char *refers,
                                    const char *id,
                                    const char *path,
                                    gpointer data);
void model_fields_references (const ModelNoun *noun,
                              gconstpointer what,
                              const char *path,
                              ModelReferenceFunc func,
                              gpointer data);

/* The index of text in a table of names that ends with NULL, or -1. */
int model_enum_from_text (const char *const *names, const char *text);
gboolean model_id_text_valid (const char *text);

void model_json_append_string (GString *json, const char *text);
void model_json_append_time (GString *json, gint64 ms);

G_END_DECLS
