import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that only those trust who were told so, for a name; made for one test. */
export function selfSigned(host: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signature = sequence(oid('2a8648ce3d040302')); // ecdsa-with-SHA256
  const name = sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(host)))));
  const life = sequence(time('20200101000000Z'), time('21200101000000Z'));
  const alternative = sequence(tagged(0x82, Buffer.from(host)));
  const names = sequence(oid('551d11'), tagged(0x04, alternative));
  // A root of its own: nothing else could vouch for it.
  const isRoot = sequence(oid('551d13'), tagged(0x04, sequence(Buffer.from('0101ff', 'hex'))));
  const body = sequence(
    tagged(0xa0, Buffer.from('020102', 'hex')),
    Buffer.from('020101', 'hex'),
    signature,
    name,
    life,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(isRoot, names)),
  );
  const signed = tagged(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const der = sequence(body, signature, signed).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts);
const oid = (hex: string) => tagged(0x06, Buffer.from(hex, 'hex'));
const time = (text: string) => tagged(0x18, Buffer.from(text));
