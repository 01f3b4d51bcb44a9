/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of another program that agents open about a contact: its address says where what is known
 * of the contact goes. */
#pragma once

#include "model/fields.h"
#include "model/names.h"

G_BEGIN_DECLS

#define MODEL_LINKS_MAX 50

typedef struct
{
  char *id;
  ModelNames names;
  char *url;     /* https:, with {customer.name} and the like behind the host */
  char **queues; /* of whose contacts; NULL: of all */
} ModelLink;

extern const ModelNoun model_link_noun;

/* Whether it is an address once its variables are filled in, and none of them is in the host. */
gboolean model_link_url_valid (const char *url);
/* Whether the name stands for something of every contact; other names are variables' ids. */
gboolean model_link_knows (const char *name);
/* The address of one contact. @lookup gives plain values, NULL: nothing stands there. Free with
 * g_free. */
char *model_link_fill (const char *url,
                       const char *(*lookup) (const char *name, gpointer user_data),
                       gpointer user_data);

G_END_DECLS
