/**
 * TypeScript lets an object that was spread or made elsewhere hold more than it is taken for; this
 * does not. For a parameter: `<Given extends Known>(input: Only<Given, Known>)`.
 */
export type Only<Given, Known> = Given & Record<Exclude<keyof Given, keyof Known>, never>;

/**
 * For the `...rest` of an input whose fields are taken one by one: a field that the contract has
 * and nobody took does not compile.
 */
export function exhausted(_rest: Readonly<Record<string, never>>): void {}
