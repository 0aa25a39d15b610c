import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Thread, Threads } from '../host';

/** Megabytes. The trees of a file are not among them; a heap that may grow would keep what is not needed. */
const limits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };

/** Threads that run this program, so many at the most. Each takes some 50 MB. */
export function nodeThreads(program: string, most: number): Threads {
  return { most, start: () => start(program) };
}

/** One keeps the event loop free for whoever types; on a single core there is nothing to win. */
export function threadsOfServer(program: string): Threads {
  return nodeThreads(program, availableParallelism() > 1 ? 1 : 0);
}

function start(program: string): Thread {
  const worker = new Worker(program, { resourceLimits: limits });
  let isEnding = false;
  return {
    send: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onEnd: (listener) => {
      worker.on('error', (error) => {
        isEnding = true;
        listener(error.message);
      });
      worker.on('exit', (code) => {
        if (!isEnding) listener(`exit code ${code}`);
      });
    },
    end: () => {
      isEnding = true;
      void worker.terminate();
    },
  };
}
