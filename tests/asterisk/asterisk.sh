#!/bin/sh
# asterisk.sh - a real Asterisk 22 for Guichet's tests, in a directory of its own.
#
#   asterisk.sh install DIR                       fetch and unpack Asterisk under DIR (done once; does nothing the 2nd time)
#   asterisk.sh start   DIR PORTBASE [CONFDIR] [ARI_USER [ARI_PASSWORD]]
#                                                 start one instance in the background, wait until it answers,
#                                                 print its addresses as NAME=value lines
#   asterisk.sh run     DIR PORTBASE [CONFDIR] [ARI_USER [ARI_PASSWORD]]      the same, in the foreground
#   asterisk.sh stop    DIR [PORTBASE]            stop that instance, or all instances under DIR
#   asterisk.sh restart DIR PORTBASE              stop it if it runs, and start it on the same configuration and database
#                                                 (Asterisk's own "core restart" can't work here: it would not
#                                                 find its loader again)
#   asterisk.sh kill    DIR PORTBASE              end that instance at once (SIGKILL), as a crash would
#   asterisk.sh env     DIR PORTBASE              print the NAME=value lines again
#   asterisk.sh cli     DIR PORTBASE COMMAND...   run one command of Asterisk's console
#   asterisk.sh clean   DIR                       stop everything under DIR, then remove DIR
#
# No root needed. Nothing outside DIR is written: packages come through apt with a private state
# (the host's own sources and package database are only read), are unpacked with dpkg-deb, never
# installed, and run with their own dynamic loader and C library.
#
# Ports of an instance, all on 127.0.0.1:
#   PORTBASE      SIP over UDP and TCP        PORTBASE+1  SIP over TLS
#   PORTBASE+2    ARI and SIP over WS (http)  PORTBASE+3  the same over https/wss
#   PORTBASE+4    AMI (manager)
#   PORTBASE+100 .. PORTBASE+100+AST_RTP_PORTS-1   RTP and RTCP (AST_RTP_PORTS: 1000)
#
# CONFDIR (default: "conf" beside this script) holds the configuration. Its files are copied to
# the instance's own directory, with these words replaced:
#   @BIND@ @SIP_PORT@ @TLS_PORT@ @HTTP_PORT@ @HTTPS_PORT@ @AMI_PORT@ @RTP_START@ @RTP_END@
#   @ARI_USER@ @ARI_PASSWORD@ @ROOT@ @INST@ @MULTIARCH@ @ENTITY@ @ICE_HOSTS@
#
# Environment: AST_SUITES ("testing sid"), AST_MIRROR (a Debian mirror; default: the one that this
# machine's apt uses), AST_DEBS (a folder of .deb files to keep downloads in and reuse), AST_KEYRING,
# AST_RTP_PORTS.
set -eu
umask 022
LC_ALL=C; export LC_ALL
me=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")

die() { echo "asterisk.sh: $*" >&2; exit 1; }
say() { echo "asterisk.sh: $*" >&2; }
usage() { sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//;p}' "$me" >&2; exit 2; }
# absolute form of a path, made if need be
absdir() { mkdir -p "$1" && (cd "$1" && pwd -P); }

# ------------------------------------------------------------------ install

# What Guichet's tests need. The first two bring their shared libraries with them.
WANT="asterisk asterisk-modules asterisk-core-sounds-en-gsm openssl libc-bin"

# Dependencies that are not needed here: maintainer scripts' tools, and libraries of modules
# that modules.conf does not load. They are declared installed in apt's private state, so that apt does
# not fetch them. A name that no longer exists does no harm; a new one only costs a download.
SKIP="adduser debconf passwd login.defs base-passwd perl-base tzdata libpam0g libpam-modules
 libpam-modules-bin asterisk-config-custom
 libcodec2-1.2 libgmime-3.0-0t64 libical3t64 libiksemel3 libjack-jackd2-0 liblua5.1-0 libneon27t64
 libodbc2 libopencore-amrnb0 libopencore-amrwb0 libopusenc0 libopusfile0 libportaudio2 libpq5
 libradcli4 libsnmp45 libspandsp2t64 libsybdb5 libunbound8 libvo-amrwbenc0 libvorbis0a
 libvorbisenc2 libvorbisfile3 gnupg gpgconf readline-common libresample1"

mirrors() {
	# the mirrors that this machine's apt is configured with, archive first
	[ -z "${AST_MIRROR:-}" ] || { echo "$AST_MIRROR"; return; }
	{
		for f in /etc/apt/sources.list.d/*.sources; do
			[ -f "$f" ] && awk 'tolower($1)=="enabled:" && tolower($2)=="no" {off=1}
				tolower($1)=="uris:" {for (i=2;i<=NF;i++) if (!off) print $i} /^$/ {off=0}' "$f"
		done
		cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
			awk '$1=="deb" {for (i=2;i<=NF;i++) if ($i ~ /^(https?|file|copy):/) {print $i; break}}'
		apt-get indextargets --format '$(SITE)' 2>/dev/null || :
	} | sed 's,/*$,,' | grep -v -e security -e debug | awk '!seen[$0]++'
}

install_() {
	[ $# -eq 1 ] || usage
	for t in apt-get dpkg-deb dpkg awk sed; do command -v $t >/dev/null || die "needs $t"; done
	dir=$(absdir "$1")
	if [ -f "$dir/installed" ]; then say "already there: $(cat "$dir/installed")"; return 0; fi
	arch=$(dpkg --print-architecture)
	t0=$(date +%s)
	apt=$dir/apt
	key=${AST_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
	[ -r "$key" ] || die "no keyring $key (package debian-archive-keyring)"
	done_=
	for mirror in $(mirrors); do
		for suite in ${AST_SUITES:-testing sid}; do
			rm -rf "$apt" "$dir/root.new"
			mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/etc/preferences.d" "$apt/etc/apt.conf.d"
			for p in $SKIP; do
				printf 'Package: %s\nStatus: install ok installed\nVersion: 9999:0\nArchitecture: %s\nMulti-Arch: foreign\nMaintainer: none\nDescription: not needed here\n\n' $p "$arch"
			done >"$apt/state/status"
			echo "deb [arch=$arch signed-by=$key] $mirror $suite main" >"$apt/etc/sources.list"
			if [ -n "${AST_DEBS:-}" ] && [ -d "$AST_DEBS" ]; then
				cp -p "$AST_DEBS"/*.deb "$apt/cache/archives/" 2>/dev/null || :
			fi
			say "$suite: reading the package lists"
			if apt_ update >"$apt/log" 2>&1 &&
			   apt_ install -y --download-only $WANT >>"$apt/log" 2>&1; then done_=$suite; break 2; fi
			host=$(echo "$mirror" | sed 's,^[a-z+]*://,,;s,[/:].*,,')
			tail -n 3 "$apt/log" | sed "s,[a-z+]*://[^ ]*,URL,g;s,$host,MIRROR,g" >&2
			say "$suite: Asterisk can't be had from there"
		done
	done
	[ -n "$done_" ] || die "no suite gave Asterisk"
	if [ -n "${AST_DEBS:-}" ]; then mkdir -p "$AST_DEBS"; cp -p "$apt"/cache/archives/*.deb "$AST_DEBS"/; fi
	mkdir -p "$dir/root.new"
	# exactly what apt chose: AST_DEBS may hold other versions too
	apt_ install -s $WANT 2>/dev/null | awk '$1=="Inst" {v=$3; sub(/^\(/, "", v); gsub(/:/, "%3a", v); print $2 "_" v "_"}' >"$apt/chosen"
	n=0; dl=0
	while read -r c; do
		d=$(ls "$apt/cache/archives/$c"*.deb 2>/dev/null | head -n 1)
		[ -n "$d" ] || die "no file for $c"
		dpkg-deb -x "$d" "$dir/root.new" || die "can't unpack $c"
		n=$((n + 1)); dl=$((dl + $(du -k "$d" | cut -f1)))
	done <"$apt/chosen"
	[ $n -gt 0 ] || die "apt chose nothing"
	# what nothing here reads
	(cd "$dir/root.new/usr/share" && rm -rf doc man info locale lintian bash-completion bug)
	rm -rf "$dir/root.new/usr/lib/systemd" "$dir/root.new/etc/init.d"
	s=$dir/root.new/usr/share/asterisk/sounds
	[ -e "$s/en" ] || ln -s "$(cd "$s" && ls -d en_* | head -n 1)" "$s/en"
	# music on hold that a test can tell: 440 Hz at -12 dBm0 or so, 5 s of G.711 u-law, no seam
	mkdir -p "$dir/root.new/usr/share/asterisk/moh"
	tone 440 40000 >"$dir/root.new/usr/share/asterisk/moh/tone440.ulaw"
	tone 1000 24000 >"$s/en/tone1000.ulaw"
	mv "$dir/root.new" "$dir/root"
	rm -rf "$apt"
	v=$(ast "$dir" -V) || die "what was unpacked does not run"
	echo "$v ($done_, $n packages, $((dl / 1024)) MiB fetched, $(du -sm "$dir/root" | cut -f1) MiB unpacked, $(($(date +%s) - t0)) s)" >"$dir/installed"
	say "$(cat "$dir/installed")"
}

apt_() {
	# only DIR is read for sources, preferences and state; the host's proxy settings do count
	apt-get -q -o Dir::State="$apt/state" -o Dir::State::status="$apt/state/status" \
		-o Dir::Cache="$apt/cache" -o Dir::Etc::sourcelist="$apt/etc/sources.list" \
		-o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferences=/dev/null \
		-o Dir::Etc::preferencesparts="$apt/etc/preferences.d" -o Dir::Log="$apt" \
		-o APT::Architecture="$arch" -o APT::Architectures="$arch" -o Acquire::Languages=none \
		-o APT::Sandbox::User="$(id -un)" -o APT::Install-Recommends=0 -o Acquire::Retries=3 \
		-o Acquire::Check-Valid-Until=false -o Debug::NoLocking=1 "$@"
}

tone() { # HERTZ SAMPLES: G.711 u-law on standard output
	awk -v hz="$1" -v n="$2" 'BEGIN { pi = atan2(0, -1)
		for (i = 0; i < n; i++) {
			v = int(8000 * sin(2 * pi * hz * i / 8000)); s = 0
			if (v < 0) { s = 128; v = -v }
			v += 132; e = 7; for (m = 16384; e > 0 && v < m; m /= 2) e--
			u = 255 - (s + e * 16 + int(v / 2 ^ (e + 3)) % 16)
			printf "\\%03o", u; if (i % 64 == 63) printf "\n" } }' |
	while read -r l; do printf "$l"; done
}

# run the Asterisk of DIR with its own loader and libraries
ast() {
	d=$1; shift
	root=$d/root
	ld=$(ls "$root"/usr/lib64/ld-linux-*.so.* "$root"/usr/lib/ld-linux-*.so.* "$root"/lib64/ld-linux-*.so.* 2>/dev/null | head -n 1)
	[ -n "$ld" ] || die "nothing is installed in $d"
	lib=$(libdir "$d")
	OPENSSL_MODULES=$lib/ossl-modules OPENSSL_CONF=/dev/null GCONV_PATH=$lib/gconv \
		exec_ "$ld" --library-path "$lib" "$root/usr/sbin/asterisk" "$@"
}
exec_() { if [ -n "${FG:-}" ]; then exec "$@"; else "$@"; fi; }
libdir() { dirname "$(ls -d "$1"/root/usr/lib/*/asterisk | head -n 1)"; }

# ------------------------------------------------------------------ start, stop

inst() { # DIR PORTBASE: sets the instance's variables
	case $2 in ''|*[!0-9]*) die "PORTBASE is a number" ;; esac
	[ "$2" -ge 1024 ] && [ "$2" -le 64000 ] || die "PORTBASE is from 1024 to 64000"
	dir=$(absdir "$1"); base=$2; i=$dir/run/$base
	pidfile=$i/run/asterisk.pid
}
alive() { # is the instance's process there, and is it the one we started?
	[ -s "$pidfile" ] || return 1
	pid=$(cat "$pidfile")
	kill -0 "$pid" 2>/dev/null || return 1
	[ ! -r "/proc/$pid/cmdline" ] || tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF "$i/etc/asterisk.conf"
}

prepare() { # DIR PORTBASE [CONFDIR] [USER [PASSWORD]]
	[ $# -ge 2 ] && [ $# -le 5 ] || usage
	inst "$1" "$2"
	conf=${3:-$(dirname "$me")/conf}; user=${4:-guichet}; pass=${5:-}
	[ -f "$dir/installed" ] || die "nothing is installed in $dir (asterisk.sh install $1)"
	[ -f "$conf/asterisk.conf" ] || die "no asterisk.conf in $conf"
	! alive || die "instance $base is already running, pid $(cat "$pidfile")"
	# a path of a UNIX socket has 107 characters at most
	[ "$(printf %s "$i/run/asterisk.ctl" | wc -c)" -le 107 ] || die "$dir: too long a path"
	[ -n "$pass" ] || pass=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
	case "$user$pass" in *[\;\|\&\\\'\"\ ]*) die "user and password: none of ; | & \\ quotes or blanks" ;; esac
	rm -rf "$i"
	mkdir -p "$i/etc" "$i/run" "$i/log" "$i/db" "$i/cache" "$i/keys" "$i/db/keys" "$i/spool/recording" "$i/spool/tmp" "$i/spool/monitor" "$i/spool/outgoing" "$i/spool/system" "$i/spool/voicemail"
	chmod 700 "$i/etc" "$i/keys"
	rtp0=$((base + 100)); rtp1=$((rtp0 + ${AST_RTP_PORTS:-1000} - 1))
	[ $rtp1 -le 65535 ] || die "the RTP ports would end at $rtp1"
	# each IPv4 address of the machine is shown as 127.0.0.1 in ICE
	hosts=
	for a in $(hostname -I 2>/dev/null || :); do case $a in *:*) ;; *.*) hosts="$hosts$a => 127.0.0.1\\n" ;; esac; done
	for f in "$conf"/*; do
		[ -f "$f" ] || continue
		sed -e "s|@ICE_HOSTS@|$hosts|g" -e "s|@BIND@|127.0.0.1|g" -e "s|@ENTITY@|$(printf "02:00:00:00:%02x:%02x" $((base / 256)) $((base % 256)))|g" -e "s|@SIP_PORT@|$base|g" -e "s|@TLS_PORT@|$((base + 1))|g" \
			-e "s|@HTTP_PORT@|$((base + 2))|g" -e "s|@HTTPS_PORT@|$((base + 3))|g" -e "s|@AMI_PORT@|$((base + 4))|g" \
			-e "s|@RTP_START@|$rtp0|g" -e "s|@RTP_END@|$rtp1|g" -e "s|@ARI_USER@|$user|g" -e "s|@ARI_PASSWORD@|$pass|g" \
			-e "s|@ROOT@|$dir/root|g" -e "s|@INST@|$i|g" -e "s|@MULTIARCH@|$(basename "$(libdir "$dir")")|g" \
			"$f" >"$i/etc/$(basename "$f")"
	done
	certs
	cat >"$i/env" <<E
AST_PIDFILE=$pidfile
AST_HOST=127.0.0.1
AST_SIP_PORT=$base
AST_SIP_TLS_PORT=$((base + 1))
AST_ARI_URL=http://127.0.0.1:$((base + 2))/ari
AST_ARI_WS=ws://127.0.0.1:$((base + 2))/ari/events
AST_ARIS_URL=https://127.0.0.1:$((base + 3))/ari
AST_SIP_WS=ws://127.0.0.1:$((base + 2))/ws
AST_SIP_WSS=wss://127.0.0.1:$((base + 3))/ws
AST_ARI_USER=$user
AST_ARI_PASSWORD=$pass
AST_AMI_PORT=$((base + 4))
AST_RTP_FIRST=$rtp0
AST_RTP_LAST=$rtp1
AST_CA=$i/keys/ca.pem
AST_RECORDINGS=$i/spool/recording
AST_LOG=$i/log/full
E
	chmod 600 "$i/env"
}

certs() { # a throw-away authority and a certificate for 127.0.0.1 and localhost
	k=$i/keys; r=$dir/root; lib=$(libdir "$dir")
	ld=$(ls "$r"/usr/lib64/ld-linux-*.so.* "$r"/usr/lib/ld-linux-*.so.* "$r"/lib64/ld-linux-*.so.* 2>/dev/null | head -n 1)
	cat >"$k/openssl.cnf" <<'E'
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Guichet test authority
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[srv]
basicConstraints = CA:FALSE
subjectAltName = DNS:localhost,DNS:127.0.0.1,IP:127.0.0.1
extendedKeyUsage = serverAuth,clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
E
	o() { OPENSSL_MODULES=$lib/ossl-modules OPENSSL_CONF=$k/openssl.cnf "$ld" --library-path "$lib" "$r/usr/bin/openssl" "$@" >>"$k/log" 2>&1 || { cat "$k/log" >&2; die "openssl failed"; }; }
	umask 077
	o req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -config "$k/openssl.cnf" -extensions ca -keyout "$k/ca.key" -out "$k/ca.pem"
	o req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config "$k/openssl.cnf" -subj /CN=localhost -keyout "$k/server.key" -out "$k/server.csr"
	o x509 -req -in "$k/server.csr" -CA "$k/ca.pem" -CAkey "$k/ca.key" -set_serial 2 -days 30 -extfile "$k/openssl.cnf" -extensions srv -out "$k/server.pem"
	cat "$k/server.pem" "$k/server.key" >"$k/both.pem"
	chmod 644 "$k/ca.pem"
	umask 022
}

start() { prepare "$@"; launch; }

# the same instance again: configuration, password, certificates, astdb and recordings as they were
restart() {
	[ $# -eq 2 ] || usage
	inst "$1" "$2"
	[ -f "$i/env" ] || die "no instance $2 in $1"
	stop_one; launch
}

launch() {
	# -f: no fork of its own, so that $! is its process; all it says goes to a file
	( FG=1; trap '' HUP; ast "$dir" -f -C "$i/etc/asterisk.conf" </dev/null >"$i/log/stdout" 2>&1 ) &
	echo $! >"$i/run/started.pid"
	n=0
	until [ -S "$i/run/asterisk.ctl" ] && ast "$dir" -C "$i/etc/asterisk.conf" -rx 'core waitfullybooted' >/dev/null 2>&1; do
		n=$((n + 1))
		kill -0 "$(cat "$i/run/started.pid")" 2>/dev/null || { tail -n 20 "$i/log/stdout" >&2; die "it ended at once"; }
		[ $n -lt 300 ] || { tail -n 20 "$i/log/stdout" >&2; stop_one; die "it did not come up in 30 s"; }
		sleep 0.1
	done
	[ -s "$pidfile" ] || cp "$i/run/started.pid" "$pidfile"
	cat "$i/env"
}

run() { prepare "$@"; cat "$i/env"; FG=1; ast "$dir" -f -C "$i/etc/asterisk.conf"; }

stop_one() {
	if alive || { [ -s "$i/run/started.pid" ] && cp "$i/run/started.pid" "$pidfile" && alive; }; then
		pid=$(cat "$pidfile")
		kill -TERM "$pid" 2>/dev/null || :
		n=0
		while kill -0 "$pid" 2>/dev/null; do
			n=$((n + 1)); sleep 0.1
			[ $n -ne 50 ] || kill -KILL "$pid" 2>/dev/null || :
			[ $n -lt 100 ] || die "pid $pid does not end"
		done
		say "stopped $base"
	fi
	rm -f "$pidfile" "$i/run/started.pid" "$i/run/asterisk.ctl"
}

stop() {
	[ $# -ge 1 ] && [ $# -le 2 ] || usage
	if [ $# -eq 2 ]; then inst "$1" "$2"; stop_one; return; fi
	[ -d "$1" ] || return 0
	for d in "$1"/run/*/; do
		[ -d "$d" ] || continue
		inst "$1" "$(basename "$d")"; stop_one
	done
}

case ${1:-} in
install) shift; install_ "$@" ;;
start) shift; start "$@" ;;
run) shift; run "$@" ;;
stop) shift; stop "$@" ;;
restart) shift; restart "$@" ;;
kill) [ $# -eq 3 ] || usage; inst "$2" "$3"; ! alive || kill -KILL "$(cat "$pidfile")"; sleep 0.2; stop_one ;;
env) [ $# -eq 3 ] || usage; inst "$2" "$3"; cat "$i/env" ;;
cli) [ $# -ge 4 ] || usage; inst "$2" "$3"; shift 3; ast "$dir" -C "$i/etc/asterisk.conf" -rx "$*" ;;
clean) [ $# -eq 2 ] || usage; [ ! -e "$2" ] || [ -f "$2/installed" ] || die "$2 was not made by install"; stop "$2"; rm -rf "$2" ;;
*) usage ;;
esac
