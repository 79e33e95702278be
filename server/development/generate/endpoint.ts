import { CannotGenerate } from './cannot-generate.ts';
import { Draft } from './draft.ts';
import { type Noun, readNoun } from './read-noun.ts';

interface Wanted extends Noun {
  readonly verb: string;
  readonly words: string;
}

/** Everything that docs/adding-an-endpoint.md writes for a verb that changes one thing, or reads it. */
export function draftEndpoint(root: string, address: string, { reads = false } = {}): Draft {
  const [, noun = '', verb = ''] =
    /^([a-z][a-z0-9-]{0,39})\.([a-z][a-zA-Z0-9]{0,39})$/.exec(address) ?? [];
  if (verb === '' || verb === 'constructor') {
    throw new CannotGenerate(
      `${address} names no endpoint: write <noun>.<verb>, such as invoices.approve; the noun as ` +
        'its file in contract/ is called, the verb as a function is.',
    );
  }
  const draft = new Draft(root);
  const found = readNoun(draft, noun, verb);
  const words = verb.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const wanted = { ...found, verb, words };
  const { ends, files } = found;
  const { contract, handlers, service, test } = files;
  draft.edit(contract, (text) => put(text, ends.contract, contractOf(wanted, reads)));
  draft.edit(handlers, (text) => put(text, ends.handlers, `\n${handlerOf(wanted)}`));
  const rule = reads ? readingOf(wanted) : changingOf(wanted);
  draft.edit(service, (text) => put(text, ends.service, `\n${rule}`));
  draft.edit(test, (text) => `${text}\n${reads ? readingTest(wanted) : changingTest(wanted)}`);
  return draft;
}

function put(text: string, at: number, lines: string): string {
  return text.slice(0, at) + lines + text.slice(at);
}

function contractOf(wanted: Wanted, reads: boolean): string {
  const { verb, words, one, One, reading, changing } = wanted;
  const kind = reads
    ? `responses: { 200: ${One} },
      metadata: { graphql: { field: '${verb}${One}' }, access: ${reading} },`
    : `body: c.noBody(),
      responses: { 200: ${One} },
      metadata: {
        graphql: { field: '${verb}${One}' },
        access: ${changing},
        idempotency: 'none',
      },`;
  return `    ${verb}: {
      method: '${reads ? 'GET' : 'POST'}',
      path: '/:${one}Id/${kebab(verb)}',
      summary: '${capital(words)}',
      description: '${capital(words)}: say here what that means.',
      pathParams: ${One}Path,
      ${kind}
    },
`;
}

function handlerOf({ verb, plural, one, One }: Wanted): string {
  return `    ${verb}: async ({ actor, params }) => ({
      status: 200,
      body: view${One}(await ${plural}.${verb}(actor, params.${one}Id)),
    }),
`;
}

function readingOf({ verb, one, One }: Wanted): string {
  return `  async ${verb}(actor: Actor, ${one}Id: string): Promise<${One}> {
    // The rule goes here: what is read beside the thing itself.
    return this.get(actor, ${one}Id);
  }
`;
}

function changingOf({ verb, one, One, row }: Wanted): string {
  return `  ${verb}(actor: Actor, ${one}Id: string): Promise<${One}> {
    return this.#parts.change(actor, async (tx) => {
      await lockToChange(tx, actor, ${one}Id);
      // The rule goes here: which columns it sets. By itself it tells only when it was done last.
      await ${One}.query(tx).findById(${one}Id).change({}, tx.now);
      await tx.audit({ target: { type: '${row}', id: ${one}Id } });
      return this.get(actor, ${one}Id, tx);
    });
  }
`;
}

function readingTest({ verb, plural, one, One }: Wanted): string {
  return `describe('${plural}.${verb}', () => {
  it('shows one that is there', async () => {
    const { ${plural}, ${one}Id, name } = await a${One}();
    expect(await unwrap(${plural}.${verb}({ ${one}Id }))).toMatchObject({ id: ${one}Id, name });
    await unwrap(${plural}.remove({ ${one}Id }));
    expect(await ${plural}.${verb}({ ${one}Id })).toMatchObject(gone);
  });
});
`;
}

function changingTest({ verb, plural, one, One }: Wanted): string {
  return `describe('${plural}.${verb}', () => {
  it('is for whoever may change it, and tells when it was done', async () => {
    const { ${plural}, ${one}Id } = await a${One}();
    const { updatedAt: before } = await unwrap(${plural}.get({ ${one}Id }));
    app.clock.advance({ minutes: 1 });
    const other = await whoWrites();
    expect(await other.${plural}.${verb}({ ${one}Id })).toMatchObject(denied);
    const { updatedAt } = await unwrap(${plural}.${verb}({ ${one}Id }));
    expect(Date.parse(updatedAt) - Date.parse(before)).toBe(60_000);
    await unwrap(${plural}.remove({ ${one}Id }));
    expect(await ${plural}.${verb}({ ${one}Id })).toMatchObject(gone);
  });
});
`;
}

function kebab(verb: string): string {
  return verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function capital(words: string): string {
  return words.replace(/^./, (letter) => letter.toUpperCase());
}
