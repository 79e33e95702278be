// Uploads from a real browser, by the typed client: what it is told while the bytes leave, and that
// it can break off: `node tests/browser/uploads.ts http://localhost:3000`.
import assert from 'node:assert/strict';
import { type Browser, launchChromium } from './chromium.ts';
import { clientIn, routeClient } from './client-page.ts';
import { setting } from './setting.ts';

const { origin } = new URL(process.argv[2] ?? '');
const account = {
  identifier: setting('CHARTER_IDENTIFIER'),
  password: setting('CHARTER_PASSWORD'),
};
const address = `${origin}/uploads`;

const browser = await launchChromium();
try {
  await upload(browser);
  process.stdout.write('ok      uploads of a browser\n');
} finally {
  await browser.close();
}

async function upload(opened: Browser): Promise<void> {
  const page = await opened.newPage();
  await routeClient(page, address);
  await page.goto(address);
  await clientIn(page);
  await page.evaluate(
    (body) => charter.unwrap(charter.client.auth.login({ body: { ...body, delivery: 'cookie' } })),
    account,
  );
  const seen = await page.evaluate(async () => {
    const { me } = charter.client;
    // What a canvas makes is a picture without anything that a camera wrote.
    const canvas = new OffscreenCanvas(300, 300);
    canvas.getContext('2d')?.fillRect(0, 0, 300, 300);
    const file = await canvas.convertToBlob({ type: 'image/png' });
    const told: [number, number | undefined][] = [];
    const onProgress = (at: { sentBytes: number; totalBytes: number | undefined }) =>
      void told.push([at.sentBytes, at.totalBytes]);
    const plain = await charter.unwrap(me.setAvatar({ body: { file } }));
    const counted = await charter.unwrap(me.setAvatar({ body: { file } }, { onProgress }));
    const wrong = new Blob(['<svg/>'], { type: 'image/png' });
    const refused = await me.setAvatar({ body: { file: wrong } }, { onProgress });
    const signal = AbortSignal.abort(new Error('given up'));
    const broken = await me
      .setAvatar({ body: { file } }, { onProgress, signal })
      .catch((error: Error) => error.message);
    const kept = await me.getAvatar();
    const shown = await createImageBitmap(await new Response(kept.body as ReadableStream).blob());
    const size = file.size;
    return { size, plain, counted, told, code: refused.problem?.code, broken, width: shown.width };
  });
  assert.equal(seen.plain.bytes, seen.size);
  assert.equal(seen.counted.mediaType, 'image/png');
  const [sent = 0, total] = seen.told[0] ?? [];
  assert.ok(sent > seen.size && sent === total, `told ${JSON.stringify(seen.told)}`);
  assert.equal(seen.code, 'unsupported_media_type');
  assert.equal(seen.broken, 'given up');
  assert.equal(seen.width, 300);
}
