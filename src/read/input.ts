/** What the reader takes of a capture: the final response, decoded from transfer and content encoding. */
export interface ReadInput {
  /** Exactly as asked. */
  requestedUrl: string;
  finalUrl: string;
  status: number;
  headers: readonly (readonly [name: string, value: string])[];
  body: Uint8Array;
  /** Set when a limit or the peer cut the message. */
  truncated?: string;
  /** `body` is the first part only: a limit on decompression or reading ended the copy. */
  partial?: boolean;
}
