/** Loaded with the first password that is judged: unpacking the list would hold up every start. */
let list: Promise<ReadonlySet<string>> | undefined;

/** What attackers try first (OWASP ASVS 5.0, 6.2.4); `password` in lower case. */
export async function isPopularPassword(password: string): Promise<boolean> {
  list ??= loadList();
  return (await list).has(password);
}

async function loadList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']?.map(String));
}
