/** Charter ÷ bare Fastify, at least: what its cost is held to on every machine. */
export const targets: Readonly<Record<string, number>> = {
  W1: 0.65,
  W2: 1,
  W3: 1,
  W4: 0.9,
  W5: 1,
  W6: 1,
  W7: 0.85,
  W10: 1,
};
