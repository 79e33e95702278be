import { requestIdHeader } from '../kit/headers.ts';
import { service } from '../service.ts';
import { sampleUrl } from './code-samples.ts';
import { cookieName } from './security.ts';

/** What an operator decides, and a reader of the document has to know. */
export interface Deployment {
  /** Where the service is found: `/`, beside the document, unless its address is given. */
  readonly url?: string;
  /** What its header of request ids is called. */
  readonly requestIdHeader?: string;
  /** Whether it is reached by https, as it is in production. */
  readonly isSecure?: boolean;
}

/** What they decide stands in components, in references to them, in prose and in samples. */
export function deployed<Document extends object>(
  document: Document,
  { url = '/', requestIdHeader: header = requestIdHeader, isSecure = true }: Deployment,
): Document {
  const decided = [
    [requestIdHeader, header],
    [cookieName, isSecure ? cookieName : service.cookie],
    [sampleUrl, url === '/' ? sampleUrl : url],
  ] as const;
  const others = decided.filter(([usual, own]) => usual !== own);
  if (others.length === 0) return document;
  const text = JSON.stringify(document);
  return JSON.parse(others.reduce((said, [usual, own]) => said.replaceAll(usual, () => own), text));
}
