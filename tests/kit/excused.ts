const memoryOnly = 'It reads memory only, and nothing a test could break; a mistake of ours can.';
const inFront = 'It reads memory only; what stands in front of it may come to need more.';
const free = 'Probes are free.';

/** Answers that the contract declares and `npm test` does not provoke, each with its reason. */
export const excused: Readonly<Record<string, string>> = {
  'healthLiveness internal_error': memoryOnly,
  'healthLiveness service_unavailable': inFront,
  'healthLiveness rate_limited': free,
  'healthReadiness internal_error': memoryOnly,
  'healthReadiness rate_limited': free,
  'keysList internal_error': memoryOnly,
  'keysList service_unavailable': inFront,
};
