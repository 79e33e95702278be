const memoryOnly = 'It reads memory only, and nothing a test could break; a mistake of ours can.';
const databaseOnly =
  'It asks the database only, and whatever happens there is caught and told as `service_unavailable`; a mistake of ours is left.';
const inFront = 'It reads memory only; what stands in front of it may come to need more.';

/** Answers that the contract declares and `npm run test:all` does not provoke, each with its reason. */
export const excused: Readonly<Record<string, string>> = {
  'authOptions internal_error': memoryOnly,
  'authOptions service_unavailable': inFront,
  'healthLiveness internal_error': memoryOnly,
  'healthLiveness service_unavailable': inFront,
  'healthReadiness internal_error': databaseOnly,
  'oidcProviders internal_error': memoryOnly,
  'oidcProviders service_unavailable': inFront,
  'signingKeysList internal_error': memoryOnly,
  'signingKeysList service_unavailable': inFront,
};
