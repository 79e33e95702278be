/** A mail as it leaves the house. */
export interface Message {
  /** The same in every attempt, so that a mailbox may know a duplicate. */
  readonly id: string;
  readonly writtenAt: Date;
  readonly to: string;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Brings a message to the next mail server. */
export interface Transport {
  /** @throws {NotTaken} when it was not taken. */
  send(message: Message, signal: AbortSignal): Promise<void>;
}

/** A message that the next server did not take. The reason holds nothing that is personal. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
  readonly reason: string;
  /** The server has judged this message, and would judge it alike again. */
  readonly isFinal: boolean;

  constructor(reason: string, { isFinal }: { isFinal: boolean }) {
    super(`The mail was not taken: ${reason}`);
    this.reason = reason;
    this.isFinal = isFinal;
  }
}
