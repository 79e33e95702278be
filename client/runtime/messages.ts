import { NetworkError } from './errors.ts';
import type { StreamShape } from './platform.ts';

/** One message of a stream of events (WHATWG HTML, 9.2). */
export interface Message {
  readonly data: string;
  /** The last one that was named, by this message or one before it. */
  readonly id: string;
}

export interface MessageOptions {
  /** How long a message may be, in characters, and a line of it. */
  readonly most?: number;
  /** Told how long to wait before the next try, where the service says so. */
  readonly onRetry?: (ms: number) => void;
  /** Told how far the stream has come, where that is said without a message. */
  readonly onMark?: (id: string) => void;
  /** Told of whatever comes, comments included: somebody is there. */
  readonly onNews?: () => void;
}

/**
 * The messages in a stream of bytes, in whatever pieces it comes. What stands behind the last empty line is
 * no message yet. @throws a `RangeError` for a message without an end, a `NetworkError` where the stream breaks.
 */
export async function* messagesIn(
  stream: StreamShape,
  { most = 1_000_000, onRetry, onMark, onNews }: MessageOptions = {},
): AsyncGenerator<Message, void, undefined> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let [rest, data, id] = ['', '', ''];
  let hasData = false;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(broken);
      if (done) return;
      onNews?.();
      rest += decoder.decode(value, { stream: true });
      // A line ends with CR, LF or both; a CR at the end may be half of both.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [, field, text = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
        if (line === '') {
          if (hasData) yield { data, id };
          else if (id) onMark?.(id);
          [data, hasData] = ['', false];
        } else if (field === 'data') {
          data += hasData ? `\n${text}` : text;
          hasData = true;
        } else if (field === 'id' && !text.includes('\0')) id = text;
        else if (field === 'retry' && /^\d+$/.test(text)) onRetry?.(Number(text));
      }
      if (rest.length + data.length > most) throw new RangeError('A message has no end');
    }
  } finally {
    // Whoever has enough of it leaves; what is over cannot be left.
    reader.cancel().catch(() => {});
  }
}

/** Each platform has words of its own for it, and most use a `TypeError`, as mistakes of programs do. */
function broken(cause: unknown): never {
  throw new NetworkError('The stream broke off', { cause });
}
