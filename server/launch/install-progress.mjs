import { createInterface } from 'node:readline';

const SECOND_MS = 1000;
/** After so long without news we say what is awaited; then after twice as long, and so on. */
const SILENCE_SECONDS = 10;

/**
 * Tells how an installation gets on: one line that changes on a terminal, a line now and then
 * elsewhere. npm itself says nothing until it is done, and without a network it waits for minutes.
 */
export class InstallProgress {
  #output;
  #registry;
  #fetched = 0;
  #seconds = 0;
  #silentFor = 0;
  #patience = SILENCE_SECONDS;
  #hasFailed = false;
  #timer;

  constructor(output, registry) {
    this.#output = output;
    this.#registry = registry;
  }

  /** Reads what npm says with `--loglevel=http`, and passes on what is meant for people. */
  follow(npmSays) {
    createInterface({ input: npmSays }).on('line', (line) => this.#hear(line));
    this.#timer = setInterval(() => this.#tick(), SECOND_MS);
  }

  end() {
    clearInterval(this.#timer);
    this.#wipe();
  }

  #hear(line) {
    const failure = /^npm http fetch GET (\S+) attempt \d+ failed with (\S+)/.exec(line);
    if (failure) return this.#tellOfFailure(failure[2]);
    if (/^npm http (fetch GET 2|cache )/.test(line)) {
      this.#fetched += 1;
      this.#silentFor = 0;
      this.#patience = SILENCE_SECONDS;
    }
    // Warnings speak of npm's own Node, which is not the one that Charter runs on.
    if (!/^npm (http|warn|notice)\b/i.test(line)) this.#say(line);
  }

  #tick() {
    this.#seconds += 1;
    this.#silentFor += 1;
    if (this.#silentFor === this.#patience) {
      this.#patience *= 2;
      this.#say(
        `No news from npm for ${this.#silentFor} s, after ${this.#fetched} packages. ${this.#whatIsAwaited()}`,
      );
    }
    if (this.#output.isTTY) this.#output.write(`\r${this.#state()}\x1b[K`);
    else if (this.#seconds % SILENCE_SECONDS === 0 && this.#silentFor < SILENCE_SECONDS) {
      this.#say(this.#state());
    }
  }

  /** Once: npm tries every package again, and each try fails alike. */
  #tellOfFailure(reason) {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#say(
      `The registry could not be asked (${reason}); npm tries again. ${this.#whatIsAwaited()}`,
    );
  }

  #whatIsAwaited() {
    return (
      `It waits for ${this.#registry}: is the network up, the registry right ` +
      '("npm config get registry"), and is a proxy needed ("npm config set proxy …")?'
    );
  }

  #state() {
    return `  ${this.#fetched} packages fetched, ${this.#seconds} s`;
  }

  #say(line) {
    this.#wipe();
    this.#output.write(`${line}\n`);
  }

  #wipe() {
    if (this.#output.isTTY) this.#output.write('\r\x1b[K');
  }
}
