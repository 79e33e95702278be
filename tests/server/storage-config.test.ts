import { describe, expect, it } from 'vitest';
import { type ConfigError, configurationWarnings, readConfig } from '../../server/config/config.ts';

const enough = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://charter:word@db.example:5432/charter',
  SECRET_KEYS: 'x'.repeat(48),
  PUBLIC_URL: 'https://api.example.com',
  SMTP_URL: 'smtp://user:word@mail.example.com',
  MAIL_FROM: 'no-reply@example.com',
};
const bucket = { S3_BUCKET: 'example-files' };
const key = { S3_ACCESS_KEY_ID: 'AKIA', S3_SECRET_ACCESS_KEY: 'hunter2' };
const read = (settings: Record<string, string>) => readConfig({}, { ...enough, ...settings });

function mistakesOf(settings: Record<string, string>): readonly string[] {
  try {
    read(settings);
    return [];
  } catch (error) {
    return (error as ConfigError).mistakes;
  }
}

describe('the storage of files', () => {
  it('is a bucket where one is named; whose, the endpoint says', () => {
    expect(read(bucket).storage.s3).toMatchObject({
      bucket: 'example-files',
      region: 'us-east-1',
      prefix: '',
      hasPathStyle: false,
      timeoutMs: 10_000,
    });
    const minio = read({ ...bucket, ...key, S3_ENDPOINT: 'https://minio.internal:9000' });
    expect(minio.storage.s3).toMatchObject({ hasPathStyle: true, accessKeyId: 'AKIA' });
    expect(configurationWarnings(minio)).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['S3_BUCKET', { S3_ENDPOINT: 'https://minio.internal' }],
    ['S3_BUCKET', { S3_BUCKET: 'Not_A_Bucket' }],
    ['S3_ENDPOINT', { ...bucket, S3_ENDPOINT: 'minio.internal:9000' }],
    ['S3_PREFIX', { ...bucket, S3_PREFIX: '/charter' }],
    ['S3_ENCRYPTION', { ...bucket, S3_ENCRYPTION: 'rot13' }],
    ['S3_SECRET_ACCESS_KEY', { ...bucket, S3_ACCESS_KEY_ID: 'AKIA' }],
    ['S3_ACCESS_KEY_ID', { ...bucket, S3_SECRET_ACCESS_KEY: 'hunter2' }],
    ['S3_SECRET_ACCESS_KEY', { ...bucket, ...key, S3_SECRET_ACCESS_KEY: 'hunter2 \u007f x' }],
  ])('finds the mistake in %s of %j, and tells no secret', (setting, settings) => {
    const mistakes = mistakesOf(settings);
    expect(mistakes).toEqual([expect.stringMatching(new RegExp(`^${setting}: `))]);
    expect(mistakes.join()).not.toContain('hunter2');
  });

  it('warns of a way that others can read', () => {
    const plain = read({ ...bucket, ...key, S3_ENDPOINT: 'http://minio.internal:9000' });
    expect(configurationWarnings(plain)).toEqual([expect.stringMatching(/^S3_ENDPOINT/)]);
  });
});
