/** Pictures are decoded in a thread of its own, so that one of many points keeps nobody waiting; from source, where they are few, here. */
import { Worker } from 'node:worker_threads';
import { pictureShape } from '../read/index.js';

type Shape = number[] | undefined;

interface Thread {
  worker: Worker;
  waiting: ((shape: Shape | Error) => void)[];
}

let thread: Thread | undefined;

/** Undefined where the picture has no shape. Throws where the thread ends: that is trouble of this machine, and not the picture's. */
export async function shapeInThread(bytes: Uint8Array): Promise<Shape> {
  if (!import.meta.url.endsWith('.js')) return pictureShape(bytes);
  const { worker, waiting } = (thread ??= started());
  const answer = await new Promise<Shape | Error>((resolve) => {
    waiting.push(resolve);
    worker.ref();
    const own = new Uint8Array(bytes); // of a larger buffer the whole would be sent
    worker.postMessage(own, [own.buffer]);
  });
  if (answer instanceof Error) throw answer;
  return answer;
}

/** Answers come in the order of the questions; nobody waits for a thread without any. */
function started(): Thread {
  const worker = new Worker(new URL('./shape-worker.js', import.meta.url));
  const waiting: Thread['waiting'] = [];
  worker.on('message', (shape: Shape) => {
    waiting.shift()?.(shape);
    if (waiting.length === 0) worker.unref();
  });
  worker.on('error', (error) => {
    thread = undefined;
    for (const answer of waiting.splice(0)) answer(error);
  });
  worker.unref();
  return { worker, waiting };
}
