/** The kernel of ../index.ts in AssemblyScript, which is compiled to WebAssembly: what one instance does is either of the two. */
export { placeArrays } from './hashes';
export { begin, choose, fold, folded, placeTables, placeText } from './sketch';
export { find, hasRunAround, placeOther, placeSeeds, placeWindows, plant } from './spans';
