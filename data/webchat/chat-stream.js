// SPDX-License-Identifier: GPL-3.0-or-later
// The stream between the page and the centre: opened again whenever it is lost, at growing and scattered intervals, and
// at once when the network or the reader comes back.

const SILENCE = 45000, BEAT = 15000, SHORTEST = 1000, LONGEST = 30000, SLOWEST = 15000;
const VOID = 4401, STALE = 4410, TOO_FAST = 4429, NORMAL = 1000;

/* The n-th wait, in ms: never quite the same for all the browsers that a centre has lost at one moment. */
export function pause(n) {
  return Math.min(LONGEST, SHORTEST * 2 ** Math.min(n, 10)) * (0.5 + Math.random() / 2);
}

export class Stream {
  /* on: { heard (message), up (), down (), voided (), stale () }; since () is the number of the last message here. */
  constructor(url, token, since, on) {
    Object.assign(this, { url, token, since, on, tries: 0, socket: null, timer: 0, over: false });
    this.ears = new AbortController();
    const listen = (target, type, run) => target.addEventListener(type, run, { signal: this.ears.signal });
    listen(window, 'online', () => this.renew());
    listen(window, 'offline', () => this.drop());
    listen(window, 'pageshow', (event) => event.persisted && this.renew());
    listen(document, 'visibilitychange', () => document.visibilityState === 'visible' && (this.socket ? this.look() : this.renew()));
    this.watch = setInterval(() => this.look(), 5000);
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    this.last = this.beaten = Date.now();
    const socket = new WebSocket(`${this.url}?since=${this.since()}`, [`guichet.${this.token}`]);
    this.socket = socket;
    socket.onmessage = (event) => socket === this.socket && this.hear(event.data);
    socket.onclose = (event) => socket === this.socket && this.lose(event.code);
  }

  hear(data) {
    const message = JSON.parse(data);
    this.last = Date.now();
    if (message.type === 'heartbeat') {
      this.beat();
      return;
    }
    if (message.type === 'state') {
      if (this.tries >= 0) this.on.up();
      this.tries = -1;
    }
    this.on.heard(message);
  }

  lose(code) {
    this.socket = null;
    if (code === VOID || this.over && code === NORMAL) {
      this.stop();
      if (code === VOID) this.on.voided();
      return;
    }
    if (code === STALE) this.on.stale();
    this.tries = Math.max(this.tries, 0);
    this.on.down();
    this.timer = setTimeout(() => this.open(), pause(this.tries++) + (code === TOO_FAST ? SLOWEST : 0));
  }

  /* Nothing was heard for too long, as after a sleep: the link is dead even if nobody said so. */
  look() {
    const now = Date.now();
    if (!this.socket) return;
    if (now - this.last > SILENCE) {
      this.renew();
    } else if (now - this.beaten > BEAT) {
      this.beat();
    }
  }

  beat() {
    this.beaten = Date.now();
    this.send({ type: 'heartbeat' });
  }

  drop() {
    this.socket?.close();
    if (this.socket) this.lose(0);
  }

  renew() {
    this.drop();
    this.tries = 0;
    this.open();
  }

  /* FALSE if there is no link. */
  send(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  stop() {
    this.ears.abort();
    clearInterval(this.watch);
    clearTimeout(this.timer);
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }
}
