/**
 * The WebAssembly of wasm/kernel.ts in base64. The build puts it into the file made of this one (scripts/build-wasm.mjs);
 * run from source there is none, and the kernel is plain JavaScript.
 */
export const KERNEL_MODULE: string | undefined = undefined;
