/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what a customer's page sends, as the form that begins a chat and on its stream. */
#include "fuzz.h"

#include "model/variable.h"
#include "server/channels/webchat/form.h"
#include "server/channels/webchat/said.h"

static void
read_value (const WebchatForm *form, const char *name)
{
  static const char *const choices[] = { "one", "two", NULL };
  const char *wrong;
  const char *value = webchat_form_value (form, name, &wrong);

  if (value == NULL)
    return;
  g_assert_null (wrong);
  g_assert_cmpint (g_utf8_strlen (value, -1), <=, WEBCHAT_VALUE_MAX);
  for (gint32 type = MODEL_VARIABLE_TEXT; type <= MODEL_VARIABLE_CHOICE; type++)
    {
      const ModelVariable variable = { .id = (char *) name,
                                       .type = type,
                                       .choices = (char **) choices };

      model_variable_check (&variable, value);
    }
}

static void
read_form (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WebchatForm) form = webchat_form_parse (body, &error);

  g_assert_true ((form == NULL) == (error != NULL));
  if (form == NULL)
    return;
  g_assert_cmpint (strlen (form->key), >=, 16);
  g_assert_true (form->name == NULL || *form->name != '\0');
  g_assert_cmpuint (form->bot.n, <=, BOT_LINES_MAX);
  for (guint i = 0; i < form->bot.n; i++)
    {
      g_assert_true (g_utf8_validate (form->bot.lines[i].text, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (form->bot.lines[i].text, -1), <=, WEBCHAT_LINE_MAX);
    }
  g_assert_true (form->bot.name == NULL || g_utf8_strlen (form->bot.name, -1) <= BOT_NAME_MAX);
  read_value (form, "subject");
  read_value (form, "when");
}

static void
read_said (GBytes *bytes)
{
  g_autoptr (WebchatSaid) said = webchat_said_parse (bytes);

  if (said == NULL)
    return;
  g_assert_true ((said->kind == WEBCHAT_SAID_MESSAGE) == (said->text != NULL));
  g_assert_cmpint (said->number, >=, 0);
  if (said->text == NULL)
    return;
  g_assert_true (said->key != NULL && *said->key != '\0' && said->files != NULL);
  g_assert_true (g_utf8_validate (said->text, -1, NULL));
  g_assert_cmpuint (g_strv_length (said->files), <=, 100);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  read_form (bytes);
  read_said (bytes);

  return 0;
}
