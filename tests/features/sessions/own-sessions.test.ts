import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aMember, createPerson, signIn } from '../../kit/callers.ts';
import { openBrowser, sending } from '../../kit/credentials.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
const signedOut = refusal(401, 'unauthenticated');

/** The same person by tokens, by cookie, and by tokens once more. */
async function threeDevices() {
  const person = await createPerson(app);
  const phone = await signIn(app, person);
  const browser = await openBrowser(app, person);
  const laptop = await signIn(app, person);
  return { person, phone, browser, laptop };
}

async function currentId({ client }: Pick<Awaited<ReturnType<typeof signIn>>, 'client'>) {
  return (await unwrap(client.auth.session())).session.id;
}

describe('sessions.list', () => {
  it('shows each device on which one is signed in, and which of them asks', async () => {
    const { phone, browser } = await threeDevices();
    const { items } = await unwrap(phone.client.sessions.list());
    expect(items.map(({ kind }) => kind).sort()).toEqual(['cookie', 'tokens', 'tokens']);
    const current = items.filter(({ isCurrent }) => isCurrent);
    expect(current.map(({ id }) => id)).toEqual([await currentId(phone)]);
    const cookie = items.find(({ kind }) => kind === 'cookie');
    expect(cookie?.id).toBe(await currentId(browser));
  });

  it('tells how, from where and with what', async () => {
    const person = await createPerson(app);
    const { username: identifier, password } = person;
    const client = app.client(sending({ 'user-agent': 'Phone/7' }));
    await unwrap(client.auth.login({ body: { identifier, password, delivery: 'cookie' } }));
    const { items } = await unwrap((await signIn(app, person)).client.sessions.list());
    const told = { methods: ['pwd'], address: '127.0.0.1', userAgent: 'Phone/7' };
    expect(items.find(({ isCurrent }) => !isCurrent)).toMatchObject(told);
  });

  it('puts the one used last first', async () => {
    const { phone, browser } = await threeDevices();
    app.clock.advance({ minutes: 2 });
    await unwrap(browser.client.me.get());
    app.clock.advance({ minutes: 2 });
    const { items } = await unwrap(phone.client.sessions.list());
    const order = items.map(({ id }) => id);
    expect(order.slice(0, 2)).toEqual([await currentId(phone), await currentId(browser)]);
    expect(items[0]?.lastSeenAt).toBe(app.clock.now().toISOString());
  });

  it('shows nothing that has ended, by itself or not', async () => {
    const { person, browser } = await threeDevices();
    app.clock.advance({ hours: 25 });
    const { client } = await signIn(app, person);
    await unwrap((await signIn(app, person)).client.auth.logout());
    const { items } = await unwrap(client.sessions.list());
    expect(items.map(({ kind }) => kind)).toEqual(['tokens', 'tokens', 'tokens']);
    expect(await browser.client.me.get()).toMatchObject(signedOut);
  });
});

describe('sessions.end', () => {
  it('ends another own session, however its id is written', async () => {
    const { phone, browser, laptop } = await threeDevices();
    const sessionId = (await currentId(browser)).toUpperCase();
    expect(await phone.client.sessions.end({ sessionId })).toMatchObject({ status: 204 });
    expect(await browser.client.me.get()).toMatchObject(signedOut);
    expect(await laptop.client.me.get()).toMatchObject({ status: 200 });
    const again = await phone.client.sessions.end({ sessionId });
    expect(again).toMatchObject(refusal(404, 'not_found'));
  });

  it('ends the session of the request, too', async () => {
    const { client } = await aMember(app);
    await unwrap(client.sessions.end({ sessionId: await currentId({ client }) }));
    expect(await client.me.get()).toMatchObject(signedOut);
  });

  it('takes the cookie of the request away, and no other', async () => {
    const { phone, browser } = await threeDevices();
    const sessionId = await currentId(browser);
    const ofPhone = await browser.client.sessions.end({ sessionId: await currentId(phone) });
    expect(ofPhone.headers.getSetCookie()).toEqual([]);
    const own = await browser.client.sessions.end({ sessionId });
    expect(own.headers.getSetCookie()).toEqual([expect.stringMatching(/^session=;.*Max-Age=0/)]);
  });

  it('knows nobody else’s', async () => {
    const [{ client }, other] = [await aMember(app), await quickSession(app)];
    const { sessionId } = other;
    expect(await client.sessions.end({ sessionId })).toMatchObject(refusal(404, 'not_found'));
    const theirs = await app.client(sending(other.headers)).me.get();
    expect(theirs).toMatchObject({ status: 200 });
  });
});

describe('sessions.endOthers', () => {
  it('ends all but the session of the request, and says how many', async () => {
    const { phone, browser, laptop } = await threeDevices();
    expect(await unwrap(browser.client.sessions.endOthers())).toEqual({ ended: 2 });
    expect(await browser.client.me.get()).toMatchObject({ status: 200 });
    for (const { client } of [phone, laptop])
      expect(await client.me.get()).toMatchObject(signedOut);
    expect(await unwrap(browser.client.sessions.endOthers())).toEqual({ ended: 0 });
  });

  it('counts no session that had ended by itself', async () => {
    const { person } = await threeDevices();
    app.clock.advance({ days: 8 });
    const { client } = await signIn(app, person);
    expect(await unwrap(client.sessions.endOthers())).toEqual({ ended: 0 });
  });

  it('leaves other people alone', async () => {
    const [{ client }, other] = [await aMember(app), await aMember(app)];
    await unwrap(client.sessions.endOthers());
    expect(await other.client.me.get()).toMatchObject({ status: 200 });
  });
});

describe('sessions.endAll', () => {
  it('ends the session of the request as well, for all its tokens', async () => {
    const { phone, browser, laptop } = await threeDevices();
    const { refreshToken } = laptop.tokens();
    expect(await unwrap(phone.client.sessions.endAll())).toEqual({ ended: 3 });
    for (const { client } of [phone, browser, laptop]) {
      expect(await client.me.get()).toMatchObject(signedOut);
    }
    const refreshed = await app.client().auth.refresh({ body: { refreshToken } });
    expect(refreshed).toMatchObject(refusal(401, 'invalid_refresh_token'));
  });

  it('takes the cookie away where there is one', async () => {
    const { phone, browser } = await threeDevices();
    const inBrowser = await browser.client.sessions.endAll();
    expect(inBrowser.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=;.*Max-Age=0/),
    ]);
    const { client } = await signIn(app, (await threeDevices()).person);
    expect((await client.sessions.endAll()).headers.getSetCookie()).toEqual([]);
    expect(await phone.client.me.get()).toMatchObject(signedOut);
  });
});
