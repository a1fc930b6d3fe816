/** The thread that decodes pictures. */
import { parentPort } from 'node:worker_threads';
import { pictureShape } from '../read/index.js';

let before = Promise.resolve();

// One after the other: answers have no names.
parentPort!.on('message', (bytes: Uint8Array) => {
  before = before.then(async () => {
    parentPort!.postMessage(await pictureShape(bytes));
  });
});
