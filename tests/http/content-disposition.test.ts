import { expect, it } from 'vitest';
import { attachment } from '../../server/http/content-disposition.ts';

it.each([
  ['account.zip', 'attachment; filename="account.zip"'],
  ['../../etc/passwd', 'attachment; filename="_.._etc_passwd"'],
  ['C:\\x\\y.exe ', 'attachment; filename="C__x_y.exe"'],
  ['a"\r\nSet-Cookie: x=1', 'attachment; filename="a___Set-Cookie_ x=1"'],
  ['.htaccess', 'attachment; filename="htaccess"'],
  ['...', 'attachment; filename="download"'],
  ['', 'attachment; filename="download"'],
  ['50%.csv', `attachment; filename="50_.csv"; filename*=UTF-8''50%25.csv`],
  ['gpj\u202Eexe.jpg', 'attachment; filename="gpj_exe.jpg"'],
  [
    'naïve (1).txt',
    `attachment; filename="na_ve (1).txt"; filename*=UTF-8''na%C3%AFve%20%281%29.txt`,
  ],
  ['日本.zip', `attachment; filename="__.zip"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.zip`],
  ['\uD800.zip', `attachment; filename="_.zip"; filename*=UTF-8''%EF%BF%BD.zip`],
  ['x'.repeat(300), `attachment; filename="${'x'.repeat(150)}"`],
])('%j is saved as %s', (name, header) => {
  expect(attachment(name)).toBe(header);
});
