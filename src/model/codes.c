/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machinery's reason codes, interned once. Thread-safe. */
#include "model/codes.h"

static const char *const texts[] = {
#define MODEL_CODE_TEXT(NAME, text) text,
  MODEL_CODES (MODEL_CODE_TEXT)
#undef MODEL_CODE_TEXT
};

static const char *interned[MODEL_N_CODES];

static void
intern_all (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      for (int i = 0; i < MODEL_N_CODES; i++)
        interned[i] = g_intern_static_string (texts[i]);
      g_once_init_leave (&done, 1);
    }
}

const char *
model_code (ModelCode code)
{
  intern_all ();
  g_return_val_if_fail ((guint) code < MODEL_N_CODES, NULL);
  return interned[code];
}

gboolean
model_code_is (const char *text, ModelCode *code)
{
  for (int i = 0; i < MODEL_N_CODES; i++)
    if (g_strcmp0 (texts[i], text) == 0)
      {
        if (code != NULL)
          *code = (ModelCode) i;
        return TRUE;
      }
  return FALSE;
}
