/** What `file-type` asks for: beyond it, nothing tells more. */
export const sampleBytes = 4_100;

/**
 * The type of what begins so; undefined where nothing tells. What follows is not looked at: two
 * formats may be one file, and so whoever gives it out says what it is, and that nobody is to guess.
 */
export async function mediaTypeOf(begin: Uint8Array): Promise<string | undefined> {
  // Loaded by the first file.
  const { fileTypeFromBuffer } = await import('file-type');
  return (await fileTypeFromBuffer(begin))?.mime;
}
