import type { S3Config } from '../../config/storage.ts';
import { StorageFailure } from './storage-failure.ts';

/** What S3, or the way to it, says when something goes wrong. */
interface Said {
  readonly name?: string;
  readonly message?: string;
  /** Of Node. */
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number | undefined };
}

const unreachable =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const wrongKeys = /^(InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken)$/;
const wrongRegion =
  /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint\w*)$/;

/** An error of S3 as one that says what to do. Nothing of it is a secret. */
export function s3Failure(error: unknown, config: S3Config): StorageFailure {
  if (error instanceof StorageFailure) return error;
  const said = error as Said;
  const status = said.$metadata?.httpStatusCode;
  const quoted = [said.name, status, said.message?.slice(0, 200)].filter(Boolean).join(' ');
  return new StorageFailure(advice(said, status, config), quoted);
}

/** A line for each thing that goes wrong; the order decides. */
function advice({ name = '', code = '' }: Said, status: number | undefined, config: S3Config) {
  const { bucket, region, endpoint = `the one of Amazon in ${region}` } = config;
  if (name === 'CredentialsProviderError')
    return 'There is no key for S3: set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or give the machine a role';
  if (name === 'RequestTimeTooSkewed')
    return 'S3 refuses what this machine signs: set its clock right, as by NTP';
  if (wrongKeys.test(name))
    return 'S3 does not know the key: look at S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY';
  if (name === 'NoSuchBucket' || status === 404)
    return `There is no bucket ${bucket}: make it, or correct S3_BUCKET`;
  if (wrongRegion.test(name) || status === 301)
    return `The bucket ${bucket} is elsewhere: correct S3_REGION, now ${region}`;
  if (status === 403)
    return `S3 refuses this to the key: allow it in the policy of ${bucket} (docs/storage.md)`;
  if (/^(TimeoutError|AbortError)$/.test(name) && !unreachable.test(code))
    return `S3 did not answer in time: look at ${endpoint}`;
  if (unreachable.test(code) || code.startsWith('ERR_TLS') || code.includes('CERT'))
    return `S3 cannot be reached: look at S3_ENDPOINT, now ${endpoint}`;
  if (status === 503 || status === 429) return 'S3 asks for patience';
  return 'S3 failed';
}
