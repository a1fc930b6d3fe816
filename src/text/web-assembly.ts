/** What is used of WebAssembly: the types of Node leave it out. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

type Imports = Record<string, Record<string, (...numbers: number[]) => number>>;

interface Wasm {
  Module: new (bytes: Uint8Array) => WasmModule;
  Instance: new (module: WasmModule, imports?: Imports) => { exports: object };
  validate(bytes: Uint8Array): boolean;
}
const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly?: Wasm };

/**
 * One module serves any number of instances. Undefined where Node was told to compile nothing (`--jitless`), and on processors
 * without the instructions for four numbers at once.
 */
export function loadWasmModule(base64: string): WasmModule | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return wasm?.validate(bytes) ? new wasm.Module(bytes) : undefined;
}

export function instantiate(module: WasmModule, imports?: Imports): object {
  return new wasm!.Instance(module, imports).exports;
}

const PAGE = 65_536;

/** Grows the memory to hold so many bytes; views of it made before are of no use then. */
export function makeRoom(memory: WasmMemory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
}
