/**
 * The WebAssembly of wasm/scan.ts in base64. The build puts it into the file made of this one (scripts/build-wasm.mjs);
 * run from source there is none, and the scan is plain JavaScript.
 */
export const SCAN_MODULE: string | undefined = undefined;
