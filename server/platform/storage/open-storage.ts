import type { StorageConfig } from '../../config/storage.ts';
import type { Clock } from '../clock.ts';
import type { StorageMetrics } from '../observability/storage-metrics.ts';
import { LocalStorage } from './local-storage.ts';
import { MeasuredStorage } from './measured-storage.ts';
import { S3Storage } from './s3-storage.ts';
import type { Storage } from './storage.ts';

interface Parts {
  readonly clock: Clock;
  readonly metrics: StorageMetrics;
}

export interface OpenedStorage {
  readonly storage: Storage;
  /** Their files have changed. Nothing where files are kept in a folder. */
  readonly useAccessKeyId: (id: string) => void;
  readonly useSecretAccessKey: (secret: string) => void;
}

/** The folder or the bucket that is configured. */
export function openStorage({ path, s3: config }: StorageConfig, parts: Parts): OpenedStorage {
  const s3 = config && new S3Storage(config);
  return {
    storage: new MeasuredStorage(s3 ?? new LocalStorage(path, parts.clock), parts.metrics),
    useAccessKeyId: (id) => s3?.useAccessKeyId(id),
    useSecretAccessKey: (secret) => s3?.useSecretAccessKey(secret),
  };
}
