declare module 'html-encoding-sniffer' {
  /** WHATWG encoding sniffing over the first bytes of a document. */
  export default function sniff(
    bytes: Uint8Array,
    options?: { defaultEncoding?: string; transportLayerEncodingLabel?: string },
  ): string;
}
