import { ProviderError } from './identity-provider.ts';

/** The JSON of a good answer. */
export async function readJson(response: Response, from: string): Promise<unknown> {
  const { status } = response;
  if (status !== 200) {
    const failure = isPassing(status) ? 'unreachable' : 'invalid_answer';
    throw new ProviderError(failure, `${from}: answers ${status}`);
  }
  try {
    return await response.json();
  } catch {
    throw new ProviderError('invalid_answer', `${from}: answers what is no JSON`);
  }
}

/** Whether a later attempt may do better. */
export function isPassing(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}
