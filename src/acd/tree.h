/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An ordered set of nodes that live inside their owners: a treap whose shape follows from its keys,
 * so that nothing depends on the order of insertion. Adding at the end and taking from the front,
 * which is what queues do, cost O(1) on average, all else O(log n). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AcdNode AcdNode;
struct _AcdNode
{
  guint32 priority; /* 0 = in no tree */
  guint32 extra;    /* the owner's */
  AcdNode *left;
  AcdNode *right;
  AcdNode *parent;
  gint64 key;
  guint64 tie; /* second key: unique within a tree */
};

typedef struct
{
  AcdNode *first;
  AcdNode *root;
  AcdNode *last;
  guint n;
} AcdTree;

#define acd_node_owner(node, Type, member)                                                         \
  ((Type *) ((char *) (node) -G_STRUCT_OFFSET (Type, member)))

static inline gboolean
acd_node_in_tree (const AcdNode *node)
{
  return node->priority != 0;
}

guint64 acd_mix (guint64 value);
/* The node must be in no tree. */
void acd_tree_insert (AcdTree *tree, AcdNode *node, gint64 key, guint64 tie);
/* The node must be in this tree. */
void acd_tree_remove (AcdTree *tree, AcdNode *node);
AcdNode *acd_tree_next (const AcdNode *node);

G_END_DECLS
