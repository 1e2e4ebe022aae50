/** A worker: browsers slow the timers of a page that nobody looks at, and an agent who has another window open is here. */

const BEAT = 15_000; // milliseconds

self.setInterval(() => self.postMessage(null), BEAT);
