/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls to baresip, which sends back what it hears: every codec, plain and with SRTP that both
 * sides require, hold and resume, and policies that do not meet. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "harness.h"

#define MODULES "/usr/lib/baresip/modules"

typedef struct
{
  GSubprocess *process;
  char *dir;
  guint port;
} Baresip;

/* Whether nobody has this port for either kind of socket. */
static gboolean
is_free (guint port)
{
  const GSocketType types[] = { G_SOCKET_TYPE_DATAGRAM, G_SOCKET_TYPE_STREAM };
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GSocket) socket =
          g_socket_new (G_SOCKET_FAMILY_IPV4, types[i], G_SOCKET_PROTOCOL_DEFAULT, NULL);
      g_autoptr (GSocketAddress) address =
          g_inet_socket_address_new_from_string ("127.0.0.1", port);
      if (!g_socket_bind (socket, address, FALSE, NULL))
        return FALSE;
    }
  return TRUE;
}

/* As tests/rig/ports.py: below what the kernel hands out, reserved by a lock until we end. */
static guint
free_port (void)
{
  g_autofree char *name = g_strdup_printf ("guichet-test-ports-%u", getuid ());
  g_autofree char *dir = g_build_filename ("/tmp", name, NULL);
  g_mkdir_with_parents (dir, 0700);
  for (;;)
    {
      guint port = 20000 + 2 * (guint) g_random_int_range (0, 5999);
      g_autofree char *text = g_strdup_printf ("%u", port);
      g_autofree char *path = g_build_filename (dir, text, NULL);
      int lock = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
      if (lock >= 0 && flock (lock, LOCK_EX | LOCK_NB) == 0 && is_free (port) && is_free (port + 1))
        return port;
      if (lock >= 0)
        close (lock);
    }
}

static void
write_file (const char *dir, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
write_configuration (Baresip *self, const char *codec, guint rate, const char *encryption)
{
  g_autofree char *config = g_strdup_printf (
      "sip_listen 127.0.0.1:%u\nsip_trans_def udp\ncall_local_timeout 120\ncall_max_calls 8\n"
      "audio_player aubridge,x\naudio_source aubridge,x\naudio_alert aubridge,none\n"
      "ausrc_srate %u\nauplay_srate %u\nausrc_channels 1\nauplay_channels 1\nrtcp_mux no\n"
      "jitter_buffer_type fixed\njitter_buffer_delay 2-10\nnet_interface 127.0.0.1\n"
      "module_path " MODULES "\nmodule g711.so\nmodule g722.so\nmodule opus.so\nmodule srtp.so\n"
      "module aubridge.so\nmodule_tmp account.so\nmodule_app menu.so\nopus_bitrate 24000\n",
      self->port, rate, rate);
  g_autofree char *account = g_strdup_printf (
      "<sip:200@127.0.0.1>;regint=0;answermode=auto;audio_codecs=%s%s%s\n", codec,
      encryption != NULL ? ";mediaenc=" : "", encryption != NULL ? encryption : "");
  write_file (self->dir, "config", config);
  write_file (self->dir, "accounts", account);
  write_file (self->dir, "contacts", "\n");
}

/* In the new process. */
static void
die_with_the_test (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
baresip_start (Baresip *self, const char *codec, guint rate, const char *encryption)
{
  g_autoptr (GError) error = NULL;
  self->dir = g_dir_make_tmp ("guichet-baresip-XXXXXX", NULL);
  self->port = free_port ();
  write_configuration (self, codec, rate, encryption);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_child_setup (launcher, die_with_the_test, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, "baresip", "-f", self->dir, NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) out =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out), FALSE);
  g_autofree char *line = NULL;
  do
    {
      g_free (line);
      line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
      if (line == NULL)
        g_error ("baresip ended before it was ready");
      g_test_message ("baresip: %s", line);
    }
  while (strstr (line, "baresip is ready") == NULL);
}

static void
baresip_stop (Baresip *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_autoptr (GDir) files = g_dir_open (self->dir, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);
      g_unlink (path);
    }
  g_rmdir (self->dir);
  g_clear_pointer (&self->dir, g_free);
}

static void
dial (Side *side, Baresip *peer)
{
  g_autofree char *uri = g_strdup_printf ("sip:200@127.0.0.1:%u", peer->port);
  side_dial_uri (side, uri, NULL);
}

static gboolean
is_held (gpointer data)
{
  return tel_call_get_hold (((Side *) data)->call);
}

static gboolean
is_not_held (gpointer data)
{
  return !is_held (data);
}

typedef struct
{
  const char *name, *codec;
  guint rate;
  TelCodec expected;
  gboolean secure;
} Case;

static const Case cases[] = {
  { "opus", "opus/48000/2", 48000, TEL_CODEC_OPUS, FALSE },
  { "g722", "G722/16000/1", 16000, TEL_CODEC_G722, FALSE },
  { "pcmu", "PCMU/8000/1", 8000, TEL_CODEC_PCMU, FALSE },
  { "pcma", "PCMA/8000/1", 8000, TEL_CODEC_PCMA, FALSE },
  { "opus-srtp", "opus/48000/2", 48000, TEL_CODEC_OPUS, TRUE },
  { "g722-srtp", "G722/16000/1", 16000, TEL_CODEC_G722, TRUE },
  { "pcmu-srtp", "PCMU/8000/1", 8000, TEL_CODEC_PCMU, TRUE },
  { "pcma-srtp", "PCMA/8000/1", 8000, TEL_CODEC_PCMA, TRUE },
};

static void
test_call (gconstpointer data)
{
  const Case *c = data;
  Baresip peer;
  Side alice;
  baresip_start (&peer, c->codec, c->rate, c->secure ? "srtp-mand" : NULL);
  side_init (&alice, 440);
  alice.config.media.srtp = c->secure ? TEL_SRTP_REQUIRED : TEL_SRTP_OFF;
  side_open (&alice);
  dial (&alice, &peer);
  wait_state (&alice, TEL_CALL_ACTIVE);
  g_assert_cmpint (tel_call_get_codec (alice.call), ==, c->expected);
  g_assert_cmpint (tel_call_get_encrypted (alice.call), ==, c->secure);
  assert_hears (&alice, 440); /* our own tone, there and back */
  g_assert_true (tel_call_set_hold (alice.call, TRUE));
  wait_until (is_held, &alice, 20, "hold");
  assert_silent (&alice);
  g_assert_true (tel_call_set_hold (alice.call, FALSE));
  wait_until (is_not_held, &alice, 20, "resume"); /* its aubridge does not speak again */
  g_assert_true (tel_call_hang_up (alice.call, 0, NULL));
  wait_state (&alice, TEL_CALL_ENDED);
  side_close (&alice);
  baresip_stop (&peer);
}

static void
expect_refusal (const char *encryption, TelSrtp ours)
{
  Baresip peer;
  Side alice;
  baresip_start (&peer, "PCMU", 8000, encryption);
  side_init (&alice, 440);
  alice.config.media.srtp = ours;
  side_open (&alice);
  dial (&alice, &peer);
  wait_state (&alice, TEL_CALL_ENDED);
  g_assert_null (strstr (alice.states->str, "active"));
  g_test_message ("%s", tel_reason_code (tel_call_get_end (alice.call)->reason));
  side_close (&alice);
  baresip_stop (&peer);
}

static void
test_policies (void)
{
  expect_refusal ("srtp-mand", TEL_SRTP_OFF);
  expect_refusal (NULL, TEL_SRTP_REQUIRED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/interop/baresip/%s", cases[i].name);
      g_test_add_data_func (path, &cases[i], test_call);
    }
  g_test_add_func ("/interop/baresip/policies", test_policies);
  return g_test_run ();
}
