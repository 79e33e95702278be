/** What the environment has to say. */
export function setting(name: string): string {
  const value = process.env[name];
  if (value) return value;
  process.stderr.write(`Set ${name}.\n`);
  process.exit(2);
}
