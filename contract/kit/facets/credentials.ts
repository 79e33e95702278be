import type { Facet } from './facet.ts';

export interface CredentialsMetadata {
  /** What a client's credentials do with a good answer: keep its tokens, or forget those they hold. */
  readonly credentials?: 'keep' | 'forget';
}

export const credentials: Facet<CredentialsMetadata, 'keep' | 'forget'> = {
  read: ({ metadata }) => metadata.credentials,
  problems: [],
  headers: [],
  describe: (what) => ({ 'x-credentials': what }),
};
