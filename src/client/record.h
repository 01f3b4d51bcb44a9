/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetRecord: what every object of this room's lists is: named, typed, read-only properties that
 * notify when they change. A subclass is one table of fields; the room sets them from the JSON of
 * the centre, the desktop binds to them. Main loop. */
#pragma once

#include <glib-object.h>

#define GUICHET_TYPE_RECORD guichet_record_get_type ()
G_DECLARE_DERIVABLE_TYPE (GuichetRecord, guichet_record, GUICHET, RECORD, GObject)

typedef enum
{
  GUICHET_FIELD_STRING, /* never NULL: "" where there is none */
  GUICHET_FIELD_INT,    /* gint64; times are UTC milliseconds, 0 for none */
  GUICHET_FIELD_DOUBLE,
  GUICHET_FIELD_BOOL,
  GUICHET_FIELD_STRV,   /* never NULL */
  GUICHET_FIELD_OBJECT, /* may be NULL */
} GuichetFieldKind;

typedef struct
{
  const char *name;
  GuichetFieldKind kind;
  GType (*type) (void); /* of an object's */
} GuichetField;

struct _GuichetRecordClass
{
  GObjectClass parent_class;
  const GuichetField *fields;
  guint n_fields;
  GParamSpec **pspecs; /* n_fields + 1, [0] is NULL */
};

/* guichet_record_class_install: in class_init; fields live for ever, in the order of the subclass's
 * enum. */
void guichet_record_class_install (GuichetRecordClass *klass,
                                   const GuichetField *fields,
                                   guint n_fields);

/* Getters by index of the field; values belong to the record. */
const char *guichet_record_get_string (GuichetRecord *self, guint field);
gint64 guichet_record_get_int (GuichetRecord *self, guint field);
double guichet_record_get_double (GuichetRecord *self, guint field);
gboolean guichet_record_get_bool (GuichetRecord *self, guint field);
const char *const *guichet_record_get_strv (GuichetRecord *self, guint field);
gpointer guichet_record_get_object (GuichetRecord *self, guint field);

/* Setters notify if the value is another; TRUE then. */
gboolean guichet_record_set_string (GuichetRecord *self, guint field, const char *value);
gboolean guichet_record_set_int (GuichetRecord *self, guint field, gint64 value);
gboolean guichet_record_set_double (GuichetRecord *self, guint field, double value);
gboolean guichet_record_set_bool (GuichetRecord *self, guint field, gboolean value);
gboolean guichet_record_set_strv (GuichetRecord *self, guint field, const char *const *value);
/* Each field as that of another record of the same class. */
void guichet_record_copy (GuichetRecord *self, GuichetRecord *from);
gboolean guichet_record_set_object (GuichetRecord *self, guint field, gpointer value);

/* Getters of a subclass, one line each. */
#define GUICHET_RECORD_STRING(Type, type, name, field)                                             \
  const char *type##_get_##name (Type *self)                                                       \
  {                                                                                                \
    return guichet_record_get_string (GUICHET_RECORD (self), (field));                             \
  }
#define GUICHET_RECORD_INT(Type, type, name, field)                                                \
  gint64 type##_get_##name (Type *self)                                                            \
  {                                                                                                \
    return guichet_record_get_int (GUICHET_RECORD (self), (field));                                \
  }
#define GUICHET_RECORD_BOOL(Type, type, name, field)                                               \
  gboolean type##_get_##name (Type *self)                                                          \
  {                                                                                                \
    return guichet_record_get_bool (GUICHET_RECORD (self), (field));                               \
  }
#define GUICHET_RECORD_STRV(Type, type, name, field)                                               \
  const char *const *type##_get_##name (Type *self)                                                \
  {                                                                                                \
    return guichet_record_get_strv (GUICHET_RECORD (self), (field));                               \
  }
#define GUICHET_RECORD_OBJECT(Type, type, name, field, Value)                                      \
  Value *type##_get_##name (Type *self)                                                            \
  {                                                                                                \
    return guichet_record_get_object (GUICHET_RECORD (self), (field));                             \
  }
