/** A mail as it leaves the house. */
export interface Message {
  /** The same in every attempt, so that a mailbox may know a duplicate. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Brings a message to the next mail server. Throws when it was not taken. */
export interface Transport {
  send(message: Message, signal: AbortSignal): Promise<void>;
}
