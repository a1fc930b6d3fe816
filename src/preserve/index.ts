export { openFolderVault, diskFiles, type VaultFiles } from './folder-vault.js';
export { streamWarc, writeWarc, type StreamedWarc, type WarcFacts, type WrittenWarc } from './warc-writer.js';
export { loadOrCreateLogKey, signerOf, type NoteSigner } from './keys.js';
export { openRecordLog, leafOf, leafBytes, type OpenRecordLog, type RecordLogOptions } from './record-log.js';
export { writeZip, type ZipMember } from './zip-writer.js';
export { writeOnce, writeWhole } from './write-whole.js';
export { askForStamp, type CallTsa, type StampOutcome } from './stamps.js';
export { askWitness, mergeSignatures, type Post, type Witness, type WitnessOutcome } from './witness.js';
