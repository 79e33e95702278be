/** A picture of a text, as SVG. Loaded when somebody wants one: few ever do, and each once. */
export async function qrCodeOf(text: string): Promise<string> {
  const qrcode = await import('qrcode');
  return qrcode.toString(text, { type: 'svg' });
}
