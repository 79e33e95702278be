/** What bad input is made of: nothing of it may come back. */
export const marker = 'zzmark7f3a91';
export const markedNumber = 735_194_602_857;

export function isEchoed(answer: string): boolean {
  return answer.toLowerCase().includes(marker) || answer.includes(String(markedNumber));
}
