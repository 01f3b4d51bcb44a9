/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetRecord: read-only properties from a table. Owns one GValue per field; main loop. */
#include "client/record.h"

#include <string.h>

typedef struct
{
  GValue *values;
} GuichetRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GuichetRecord, guichet_record, G_TYPE_OBJECT)

static GType
type_of (const GuichetField *field)
{
  switch (field->kind)
    {
    case GUICHET_FIELD_STRING:
      return G_TYPE_STRING;
    case GUICHET_FIELD_INT:
      return G_TYPE_INT64;
    case GUICHET_FIELD_DOUBLE:
      return G_TYPE_DOUBLE;
    case GUICHET_FIELD_BOOL:
      return G_TYPE_BOOLEAN;
    case GUICHET_FIELD_STRV:
      return G_TYPE_STRV;
    case GUICHET_FIELD_OBJECT:
      return field->type ();
    }
  g_return_val_if_reached (G_TYPE_INVALID);
}

static GParamSpec *
pspec_of (const GuichetField *field)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  switch (field->kind)
    {
    case GUICHET_FIELD_STRING:
      return g_param_spec_string (field->name, NULL, NULL, "", flags);
    case GUICHET_FIELD_INT:
      return g_param_spec_int64 (field->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case GUICHET_FIELD_DOUBLE:
      return g_param_spec_double (field->name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0.0, flags);
    case GUICHET_FIELD_BOOL:
      return g_param_spec_boolean (field->name, NULL, NULL, FALSE, flags);
    case GUICHET_FIELD_STRV:
      return g_param_spec_boxed (field->name, NULL, NULL, G_TYPE_STRV, flags);
    case GUICHET_FIELD_OBJECT:
      return g_param_spec_object (field->name, NULL, NULL, field->type (), flags);
    }
  g_return_val_if_reached (NULL);
}

/* Made at first use, because init of the base runs before the instance has its own class. */
static GValue *
values_of (gpointer object)
{
  GuichetRecordPrivate *self = guichet_record_get_instance_private (object);
  GuichetRecordClass *klass = GUICHET_RECORD_GET_CLASS (object);

  if (self->values != NULL)
    return self->values;
  self->values = g_new0 (GValue, klass->n_fields);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      g_value_init (&self->values[i], type_of (&klass->fields[i]));
      if (klass->fields[i].kind == GUICHET_FIELD_STRING)
        g_value_set_static_string (&self->values[i], "");
      else if (klass->fields[i].kind == GUICHET_FIELD_STRV)
        g_value_take_boxed (&self->values[i], g_new0 (char *, 1));
    }
  return self->values;
}

static void
guichet_record_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_return_if_fail (id >= 1 && id <= GUICHET_RECORD_GET_CLASS (object)->n_fields);
  g_value_copy (&values_of (object)[id - 1], value);
}

static void
guichet_record_dispose (GObject *object)
{
  GuichetRecordClass *klass = GUICHET_RECORD_GET_CLASS (object);

  for (guint i = 0; i < klass->n_fields; i++)
    if (klass->fields[i].kind == GUICHET_FIELD_OBJECT)
      g_value_set_object (&values_of (object)[i], NULL);
  G_OBJECT_CLASS (guichet_record_parent_class)->dispose (object);
}

static void
guichet_record_finalize (GObject *object)
{
  GuichetRecordClass *klass = GUICHET_RECORD_GET_CLASS (object);
  GValue *values = values_of (object);

  for (guint i = 0; i < klass->n_fields; i++)
    g_value_unset (&values[i]);
  g_free (values);
  G_OBJECT_CLASS (guichet_record_parent_class)->finalize (object);
}

static void
guichet_record_class_init (GuichetRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = guichet_record_dispose;
  object_class->finalize = guichet_record_finalize;
}

static void
guichet_record_init (GuichetRecord *self)
{
}

void
guichet_record_class_install (GuichetRecordClass *klass, const GuichetField *fields, guint n_fields)
{
  G_OBJECT_CLASS (klass)->get_property =
      guichet_record_get_property; /* GObject does not inherit it */
  klass->fields = fields;
  klass->n_fields = n_fields;
  klass->pspecs = g_new0 (GParamSpec *, n_fields + 1);
  for (guint i = 0; i < n_fields; i++)
    klass->pspecs[i + 1] = pspec_of (&fields[i]);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), n_fields + 1, klass->pspecs);
}

static GValue *
value_of (GuichetRecord *self, guint field, GuichetFieldKind kind)
{
  GuichetRecordClass *klass = GUICHET_RECORD_GET_CLASS (self);

  g_assert (field < klass->n_fields && klass->fields[field].kind == kind);
  return &values_of (self)[field];
}

static gboolean
changed (GuichetRecord *self, guint field)
{
  g_object_notify_by_pspec (G_OBJECT (self), GUICHET_RECORD_GET_CLASS (self)->pspecs[field + 1]);
  return TRUE;
}

const char *
guichet_record_get_string (GuichetRecord *self, guint field)
{
  return g_value_get_string (value_of (self, field, GUICHET_FIELD_STRING));
}

gint64
guichet_record_get_int (GuichetRecord *self, guint field)
{
  return g_value_get_int64 (value_of (self, field, GUICHET_FIELD_INT));
}

double
guichet_record_get_double (GuichetRecord *self, guint field)
{
  return g_value_get_double (value_of (self, field, GUICHET_FIELD_DOUBLE));
}

gboolean
guichet_record_get_bool (GuichetRecord *self, guint field)
{
  return g_value_get_boolean (value_of (self, field, GUICHET_FIELD_BOOL));
}

const char *const *
guichet_record_get_strv (GuichetRecord *self, guint field)
{
  return g_value_get_boxed (value_of (self, field, GUICHET_FIELD_STRV));
}

gpointer
guichet_record_get_object (GuichetRecord *self, guint field)
{
  return g_value_get_object (value_of (self, field, GUICHET_FIELD_OBJECT));
}

gboolean
guichet_record_set_string (GuichetRecord *self, guint field, const char *value)
{
  GValue *old = value_of (self, field, GUICHET_FIELD_STRING);

  if (value == NULL)
    value = "";
  if (g_str_equal (g_value_get_string (old), value))
    return FALSE;
  g_value_set_string (old, value);
  return changed (self, field);
}

gboolean
guichet_record_set_int (GuichetRecord *self, guint field, gint64 value)
{
  GValue *old = value_of (self, field, GUICHET_FIELD_INT);

  if (g_value_get_int64 (old) == value)
    return FALSE;
  g_value_set_int64 (old, value);
  return changed (self, field);
}

gboolean
guichet_record_set_double (GuichetRecord *self, guint field, double value)
{
  GValue *old = value_of (self, field, GUICHET_FIELD_DOUBLE);

  if (!(g_value_get_double (old) < value) && !(g_value_get_double (old) > value))
    return FALSE;
  g_value_set_double (old, value);
  return changed (self, field);
}

gboolean
guichet_record_set_bool (GuichetRecord *self, guint field, gboolean value)
{
  GValue *old = value_of (self, field, GUICHET_FIELD_BOOL);

  if (g_value_get_boolean (old) == !!value)
    return FALSE;
  g_value_set_boolean (old, !!value);
  return changed (self, field);
}

gboolean
guichet_record_set_strv (GuichetRecord *self, guint field, const char *const *value)
{
  static const char *const none[] = { NULL };
  GValue *old = value_of (self, field, GUICHET_FIELD_STRV);

  if (value == NULL)
    value = none;
  if (g_strv_equal (g_value_get_boxed (old), value))
    return FALSE;
  g_value_set_boxed (old, value);
  return changed (self, field);
}

gboolean
guichet_record_set_object (GuichetRecord *self, guint field, gpointer value)
{
  GValue *old = value_of (self, field, GUICHET_FIELD_OBJECT);

  if (g_value_get_object (old) == value)
    return FALSE;
  g_value_set_object (old, value);
  return changed (self, field);
}

void
guichet_record_copy (GuichetRecord *self, GuichetRecord *from)
{
  GuichetRecordClass *klass = GUICHET_RECORD_GET_CLASS (self);

  g_return_if_fail (GUICHET_RECORD_GET_CLASS (from) == klass);
  for (guint i = 0; i < klass->n_fields; i++)
    switch (klass->fields[i].kind)
      {
      case GUICHET_FIELD_STRING:
        guichet_record_set_string (self, i, guichet_record_get_string (from, i));
        break;
      case GUICHET_FIELD_INT:
        guichet_record_set_int (self, i, guichet_record_get_int (from, i));
        break;
      case GUICHET_FIELD_DOUBLE:
        guichet_record_set_double (self, i, guichet_record_get_double (from, i));
        break;
      case GUICHET_FIELD_BOOL:
        guichet_record_set_bool (self, i, guichet_record_get_bool (from, i));
        break;
      case GUICHET_FIELD_STRV:
        guichet_record_set_strv (self, i, guichet_record_get_strv (from, i));
        break;
      case GUICHET_FIELD_OBJECT:
        guichet_record_set_object (self, i, guichet_record_get_object (from, i));
        break;
      }
}
