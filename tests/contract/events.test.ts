import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { Event } from '../../contract/events/event.ts';
import { type EventName, eventNames, events } from '../../contract/events.ts';
import type { EventKind } from '../../contract/kit/events.ts';
import { permissions } from '../../contract/kit/permissions.ts';
import { envelopeOf } from '../../server/platform/events/envelope.ts';
import type { PublishedEvent } from '../../server/platform/events/subscriber.ts';
import { document, faultOf } from '../kit/document.ts';
import { operations } from '../kit/operations.ts';
import { eventsOwed, Silent, tells, toldBesides } from '../kit/tells.ts';

/** Fields that are no ids, each with what is in it: a field that holds personal data is none. */
const harmless: Readonly<Record<string, string>> = {
  changed: 'names of fields',
  kind: 'a word of ours',
  provider: 'what the configuration calls it',
  reason: 'a word of ours',
  seal: 'a number that counts',
  hash: 'of ids, instants and words',
};

const kinds = eventNames.map((name) => [name, events[name] as EventKind<object>] as const);

describe.each(kinds)('%s', (name, kind) => {
  const { version, description, subject, readableWith, example } = kind;
  const data = kind.data as z.ZodObject;

  it('is called after a thing and what happened to it, and says so in words', () => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/);
    expect(description).toMatch(/^[A-Z].{15,}\.$/);
    expect(Number.isInteger(version) && version >= 1).toBe(true);
  });

  it('has an example that is one, with all that there is', () => {
    expect(data.parse(example)).toEqual(example);
    expect(Object.keys(example).sort()).toEqual(Object.keys(data.shape).sort());
  });

  it('is about something that has an id, which whoever holds a permission may know', () => {
    const field = data.shape[subject] as z.ZodType;
    expect(field.safeParse('01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11').success).toBe(true);
    for (const other of ['ada@example.com', 7, null]) {
      expect(field.safeParse(other).success).toBe(false);
    }
    expect(permissions).toHaveProperty([readableWith]);
  });

  it('holds ids and words of ours, and no personal data', () => {
    const others = Object.keys(data.shape).filter((field) => !/^(kid|[a-z]\w*Id)$/.test(field));
    expect(others.filter((field) => !(field in harmless))).toEqual([]);
    expect(data.parse({ ...example, email: 'ada@example.com' })).toEqual(example);
  });

  it('leaves the house as its webhook in the document says', () => {
    const published = publishedOf(name);
    const envelope = envelopeOf(published);
    expect(envelope).toEqual({
      id: published.id,
      type: name,
      version,
      timestamp: '2026-11-21T12:00:00.000Z',
      data: example,
    });
    expect(Event.parse(envelope)).toEqual(envelope);
    const { post } = document.webhooks?.[name] ?? {};
    const schema = post?.requestBody?.content['application/json']?.schema ?? {};
    expect(faultOf(schema, envelope)).toBeUndefined();
    expect(faultOf(schema, { ...envelope, type: 'account.unknown' })).toContain('type');
    // A field more is no new version: whoever checks what comes must not stumble over it.
    const later = { ...envelope, data: { ...envelope.data, later: 1 }, later: 1 };
    expect(faultOf(schema, later)).toBeUndefined();
    expect(post?.['x-readable-with']).toBe(readableWith);
  });
});

it('every event is a webhook of the document', () => {
  expect(Object.keys(document.webhooks ?? {})).toEqual(eventNames);
});

function publishedOf(name: EventName): PublishedEvent {
  const { version, example } = events[name];
  return {
    id: '01994c1e-9b20-7a11-8c3d-4e5f60718293',
    name,
    version,
    occurredAt: new Date('2026-11-21T12:00:00.000Z'),
    data: example,
  };
}

it('docs/events.md has a row for each event, as it is declared, and no other', () => {
  const page = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| `\w+\.\w+` /.test(line));
  const declared = kinds.map(([name, kind]) => {
    const fields = Object.keys(kind.example).map((field) => `\`${field}\``);
    const { description, subject, readableWith } = kind;
    return `| \`${name}\` | ${description} | ${fields.join(', ')} | \`${subject}\` | \`${readableWith}\` |`;
  });
  expect(rows).toEqual(declared);
});

describe('what changes something', () => {
  const ofNoun = Map.groupBy(operations, ({ noun }) => noun);

  it('says what it tells of, or why it tells nobody: each operation of a noun, or none', () => {
    const changing = [...ofNoun.values()].flatMap((siblings) => {
      const ids = siblings
        .filter(({ route }) => route.method !== 'GET')
        .map(({ operationId }) => operationId);
      return ids.some((id) => id in tells) ? ids : [];
    });
    expect(Object.keys(tells).sort()).toEqual(changing.sort());
    const reasons = Object.values(tells).filter((each) => each instanceof Silent);
    for (const { reason } of reasons) expect(reason).toMatch(/^[A-Z].{20,}\.$/);
  });

  it('leaves no event that nobody tells of', () => {
    const owed = eventsOwed().map(([, event]) => event);
    expect([...new Set([...owed, ...toldBesides])].sort()).toEqual([...eventNames].sort());
  });
});
