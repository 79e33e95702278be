import { type TokenStore, type Tokens, tokensInMemory } from './tokens.ts';

/** A tab that is asleep answers nothing; it hears what was said when it wakes. */
const patienceMs = 1_000;

/** What one tab says to all others, and what each answers. */
type Said = { readonly id: string; readonly news?: Tokens | null };
type Answered = { readonly to: string; readonly tokens: Tokens | undefined };

/**
 * Tokens that the tabs of a page share, for `bearer()`: in memory, and never on disk. A new tab gets
 * them from the others; whoever signs in or out does so in all of them; one refreshes for all.
 *
 * Tabs find each other by `name`. Outside of a browser, and on pages without TLS, which have no Web
 * Locks, everybody is by themselves: a server must never share what one of its visitors holds.
 */
export function tokensAcrossTabs(name = 'charter-tokens'): TokenStore {
  const locks = globalThis.navigator?.locks;
  if (!('window' in globalThis) || !locks) return tokensInMemory();
  const channel = new BroadcastChannel(name);
  const here = `${name}:here`;
  let held: Tokens | undefined;

  channel.addEventListener('message', ({ data }: { data: Said | Answered }) => {
    if ('to' in data) return;
    if (data.news !== undefined) held = data.news ?? undefined;
    channel.postMessage({ to: data.id, tokens: held } satisfies Answered);
  });

  // Held for as long as the tab lives: that is how many there are.
  const present = new Promise<void>((resolve) => {
    void locks.request(here, { mode: 'shared' }, () => {
      resolve();
      return new Promise(() => {});
    });
  });

  /** Says something to all other tabs, and waits for what each answers. */
  async function say(what: Omit<Said, 'id'>): Promise<(Tokens | undefined)[]> {
    await present;
    const known = (await locks.query()).held ?? [];
    const others = known.filter((lock) => lock.name === here).length - 1;
    if (others < 1) return [];
    const id = crypto.randomUUID();
    return new Promise((resolve) => {
      const answers: (Tokens | undefined)[] = [];
      const over = () => {
        clearTimeout(timer);
        channel.removeEventListener('message', hear);
        resolve(answers);
      };
      const hear = ({ data }: { data: Said | Answered }) => {
        if (!('to' in data) || data.to !== id) return;
        if (answers.push(data.tokens) >= others) over();
      };
      const timer = setTimeout(over, patienceMs);
      channel.addEventListener('message', hear);
      channel.postMessage({ id, ...what } satisfies Said);
    });
  }

  // One after the other, so that all tabs end with the same.
  const inTurn = <Result>(work: () => Promise<Result>) => locks.request(`${name}:turn`, work);
  let joined: Promise<void> | undefined;
  const join = () =>
    inTurn(async () => {
      const answers = await say({});
      held ??= answers.find((tokens) => tokens);
    });

  return {
    async read() {
      joined ??= join();
      await joined;
      return held;
    },
    async write(tokens) {
      await inTurn(async () => {
        joined ??= Promise.resolve();
        held = tokens;
        await say({ news: tokens ?? null });
      });
    },
    exclusively: async (work) => locks.request(`${name}:refresh`, work),
  };
}
