/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ordered set: a treap with parent pointers, its priorities a mix of the keys. Pure memory. */
#include "acd/tree.h"

guint64
acd_mix (guint64 value)
{
  value ^= value >> 30;
  value *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value ^= value >> 27;
  value *= G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

static inline gboolean
before (const AcdNode *a, const AcdNode *b)
{
  return a->key < b->key || (a->key == b->key && a->tie < b->tie);
}

static void
replace_child (AcdTree *tree, AcdNode *parent, AcdNode *old, AcdNode *new)
{
  if (parent == NULL)
    tree->root = new;
  else if (parent->left == old)
    parent->left = new;
  else
    parent->right = new;
  if (new != NULL)
    new->parent = parent;
}

/* Lifts the node above its parent. */
static void
rotate_up (AcdTree *tree, AcdNode *node)
{
  AcdNode *parent = node->parent;
  AcdNode *moved;

  replace_child (tree, parent->parent, parent, node);
  if (parent->left == node)
    {
      moved = node->right;
      node->right = parent;
      parent->left = moved;
    }
  else
    {
      moved = node->left;
      node->left = parent;
      parent->right = moved;
    }
  parent->parent = node;
  if (moved != NULL)
    moved->parent = parent;
}

static void
hang_in (AcdTree *tree, AcdNode *node)
{
  AcdNode *at = tree->root;

  if (tree->last != NULL && before (tree->last, node))
    {
      tree->last->right = node;
      node->parent = tree->last;
      tree->last = node;
      return;
    }
  while (at != NULL)
    {
      AcdNode **child = before (node, at) ? &at->left : &at->right;
      if (*child == NULL)
        {
          *child = node;
          break;
        }
      at = *child;
    }
  node->parent = at;
  if (at == NULL)
    tree->root = node;
  if (tree->first == NULL || before (node, tree->first))
    tree->first = node;
  if (tree->last == NULL || before (tree->last, node))
    tree->last = node;
}

void
acd_tree_insert (AcdTree *tree, AcdNode *node, gint64 key, guint64 tie)
{
  g_assert (!acd_node_in_tree (node));
  node->left = node->right = node->parent = NULL;
  node->key = key;
  node->tie = tie;
  node->priority = (guint32) (acd_mix (tie ^ acd_mix ((guint64) key)) >> 32) | 1;
  hang_in (tree, node);
  while (node->parent != NULL && node->parent->priority < node->priority)
    rotate_up (tree, node);
  tree->n++;
}

AcdNode *
acd_tree_next (const AcdNode *node)
{
  const AcdNode *at = node;

  if (at->right != NULL)
    {
      at = at->right;
      while (at->left != NULL)
        at = at->left;
      return (AcdNode *) at;
    }
  while (at->parent != NULL && at->parent->right == at)
    at = at->parent;
  return at->parent;
}

static AcdNode *
previous (const AcdNode *node)
{
  const AcdNode *at = node;

  if (at->left != NULL)
    {
      at = at->left;
      while (at->right != NULL)
        at = at->right;
      return (AcdNode *) at;
    }
  while (at->parent != NULL && at->parent->left == at)
    at = at->parent;
  return at->parent;
}

void
acd_tree_remove (AcdTree *tree, AcdNode *node)
{
  g_assert (acd_node_in_tree (node));
  if (tree->first == node)
    tree->first = acd_tree_next (node);
  if (tree->last == node)
    tree->last = previous (node);
  while (node->left != NULL && node->right != NULL)
    rotate_up (tree, node->left->priority > node->right->priority ? node->left : node->right);
  replace_child (tree, node->parent, node, node->left != NULL ? node->left : node->right);
  node->priority = 0;
  tree->n--;
}
