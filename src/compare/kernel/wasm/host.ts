/** What the kernel asks of JavaScript: pairs are rare, and what is known of them is in src/text/fold.ts. */
export declare function foldPair(high: u32, low: u32): u32;
