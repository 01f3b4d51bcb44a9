# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail servers of a test: Dovecot for the mailboxes, Exim to send and deliver. Both run without privileges, on ports and folders of
their own: Exim as a copy without its set-user-ID bit; where the test is root, both as nobody.

    servers = Servers(folder); servers.start()
    servers.deliver("From: …", to="shop")       # as a customer's server would
    servers.mails("ana")                         # what arrived there, as email.message.EmailMessage
"""

import email
import email.policy
import os
import pwd
import re
import shutil
import smtplib
import socket
import ssl
import subprocess
import time

import child
import ports
from patience import DEADLINE

PASSWORD = "post-Пост-1"
USERS = ("shop", "ana", "boris", "sales")

DOVECOT = """{version}
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
auth_mechanisms = plain
auth_failure_delay = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mailbox_idle_check_interval = 1s
mail_max_userip_connections = 50
{words}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imap}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
"""

# The words that changed between Debian 12 and 13.
WORDS_23 = """ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
mail_location = maildir:{folder}/mail/%n
passdb {{
  driver = passwd-file
  args = {folder}/passwords
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%n
}}"""
VERSION_24 = """dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0"""
WORDS_24 = """ssl_server_cert_file = {folder}/server.pem
ssl_server_key_file = {folder}/server.key
mail_driver = maildir
mail_path = {folder}/mail/%{{user | username}}
passdb passwd-file {{
  passwd_file_path = {folder}/passwords
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {folder}/mail/%{{user | username}}
  }}
}}"""

EXIM = """
exim_path = {folder}/exim
exim_user = {user}
exim_group = {group}
keep_environment =
add_environment =
spool_directory = {folder}/spool
log_file_path = {folder}/exim-%slog
pid_file_path = {folder}/exim.pid
primary_hostname = mx.example
local_interfaces = 127.0.0.1
daemon_smtp_ports = {smtp}
tls_certificate = {folder}/server.pem
tls_privatekey = {folder}/server.key
tls_advertise_hosts = *
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
deliver_drop_privilege = true
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 50
smtp_accept_queue_per_connection = 0
message_size_limit = 30M
bounce_return_message = true
never_users =
acl_smtp_rcpt = check_rcpt
acl_smtp_data = check_data
begin acl
check_rcpt:
  deny local_parts = unknown
    message = 5.1.1 No such user
  defer local_parts = later
    condition = ${{if !exists{{{folder}/open}}}}
    message = 4.2.1 Not now
  accept
check_data:
  deny condition = ${{if match{{$rh_Subject:}}{{forbidden}}}}
    message = 5.7.0 Not this
  accept
begin routers
fails:
  driver = redirect
  local_parts = bounce
  data = :fail: mailbox is gone
  allow_fail
local:
  driver = accept
  local_parts = {users} : later
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {folder}/mail/$local_part_data
  maildir_format
  create_directory
  envelope_to_add
  return_path_add
begin retry
*  *  F,1h,1m
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{shop}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


def certificate(folder):
    """An authority, and a server's certificate for 127.0.0.1 and localhost of it."""
    def run(*args):
        subprocess.run(["openssl", *args], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
        "-days", "2", "-subj", "/CN=Test authority", "-addext", "basicConstraints=critical,CA:TRUE",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "server.key", "-out", "server.csr",
        "-subj", "/CN=localhost")
    with open(os.path.join(folder, "server.ext"), "w", encoding="ascii") as f:
        f.write("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    run("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.pem",
        "-days", "2", "-extfile", "server.ext")


def dovecot_is_2_3():
    said = subprocess.run(["/usr/sbin/dovecot", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return said.startswith("2.3.")


def wait_for(what, func, deadline=DEADLINE):
    end = time.monotonic() + deadline
    while time.monotonic() < end:
        value = func()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("waited in vain for " + what)


class Servers:
    def __init__(self, folder, users=USERS):
        self.folder, self.users = folder, users
        self.imap, self.smtp = ports.free_port(), ports.free_port()
        self.user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        self.dovecot = self.exim = None
        certificate(folder)
        for name in ("run", "mail", "spool"):
            os.mkdir(os.path.join(folder, name))
        shutil.copy("/usr/sbin/exim4", os.path.join(folder, "exim"))
        os.chmod(os.path.join(folder, "exim"), 0o755)
        import grp  # noqa: PLC0415
        facts = {"folder": folder, "user": self.user.pw_name, "group": grp.getgrgid(self.user.pw_gid).gr_name,
                 "uid": self.user.pw_uid, "gid": self.user.pw_gid, "imap": self.imap, "smtp": self.smtp,
                 "password": PASSWORD, "users": " : ".join(users)}
        version, words = ("", WORDS_23) if dovecot_is_2_3() else (VERSION_24, WORDS_24)
        self._write("dovecot.conf", DOVECOT.format(version=version, words=words.format(**facts), **facts))
        self._write("exim.conf", EXIM.format(**facts))
        self.set_password(PASSWORD)
        if os.getuid() == 0:
            os.chmod(folder, 0o755)
            for name in os.listdir(folder):
                shutil.chown(os.path.join(folder, name), self.user.pw_uid, self.user.pw_gid)
            shutil.chown(folder, self.user.pw_uid, self.user.pw_gid)

    def _write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as f:
            f.write(text)

    def set_password(self, password):
        """Of the mailboxes, not of sending."""
        self._write("passwords", "".join("%s:{PLAIN}%s\n" % (u, password) for u in self.users))

    def _unprivileged(self):
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(self.user.pw_gid)
            os.setuid(self.user.pw_uid)
        child.tied()

    def _spawn(self, *command):
        with open(os.path.join(self.folder, "output.log"), "ab") as log:
            return subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                    preexec_fn=self._unprivileged)

    def _listening(self, port, process):
        def look():
            assert process.poll() is None, self.logs()
            with socket.socket() as s:
                return s.connect_ex(("127.0.0.1", port)) == 0
        wait_for("port %d" % port, look)

    def start_imap(self):
        self.dovecot = self._spawn("/usr/sbin/dovecot", "-F", "-c", os.path.join(self.folder, "dovecot.conf"))
        self._listening(self.imap, self.dovecot)

    def start_smtp(self):
        self.exim = self._spawn(os.path.join(self.folder, "exim"), "-bdf", "-C", os.path.join(self.folder, "exim.conf"))
        self._listening(self.smtp, self.exim)

    def start(self):
        self.start_imap()
        self.start_smtp()

    @staticmethod
    def _stop(process):
        if process is not None:
            process.terminate()
            try:
                process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def stop_imap(self):
        self._stop(self.dovecot)
        self.dovecot = None

    def stop_smtp(self):
        self._stop(self.exim)
        self.exim = None

    def close(self):
        self.stop_imap()
        self.stop_smtp()

    def logs(self):
        text = ""
        for name in ("output.log", "dovecot.log", "exim-mainlog", "exim-paniclog"):
            path = os.path.join(self.folder, name)
            if os.path.exists(path):
                with open(path, encoding="utf-8", errors="replace") as f:
                    text += "== %s\n%s" % (name, f.read()[-4000:])
        return text

    # --- mail ----------------------------------------------------------------------------------

    def deliver(self, mail, to="shop", sender="ana@customers.example"):
        """Through the SMTP server, as another server would. @mail: text with \\n, or bytes."""
        data = mail if isinstance(mail, bytes) else mail.encode("utf-8")
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=DEADLINE) as smtp:
            smtp.sendmail(sender, [to + "@centre.example"], data, mail_options=["BODY=8BITMIME"])

    def paths(self, user):
        """In the order of delivery. Names begin with seconds and, not padded, microseconds."""
        found = []
        for part in ("new", "cur"):
            folder = os.path.join(self.folder, "mail", user, part)
            if os.path.isdir(folder):
                found += [os.path.join(folder, n) for n in os.listdir(folder)]
        return sorted(found, key=lambda path: [int(n) for n in re.findall(r"\d+", os.path.basename(path))])

    def mails(self, user):
        result = []
        for path in self.paths(user):
            try:
                with open(path, "rb") as f:
                    result.append(email.message_from_binary_file(f, policy=email.policy.default))
            except FileNotFoundError:
                pass
        return result

    def wait_mails(self, user, count):
        wait_for("%d mails of %s" % (count, user), lambda: len(self.mails(user)) >= count)
        mails = self.mails(user)
        assert len(mails) == count, [m["Subject"] for m in mails]
        return mails

    def seen(self, user):
        """How many are marked as read."""
        return sum("S" in p.rpartition(":2,")[2] for p in self.paths(user) if ":2," in p)

    def context(self):
        context = ssl.create_default_context(cafile=os.path.join(self.folder, "ca.pem"))
        return context
