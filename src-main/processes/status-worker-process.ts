import { utilityProcess } from 'electron';
import type { StartStatusWorker } from '../status-checker/status-worker.ts';

/** Starts the status checker in a process of its own. */
export function createStatusProcess(entry: string): StartStatusWorker {
  return ({ onMessage, onEnd }) => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Streamwall status checker',
      stdio: 'ignore',
    });
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => {
        resolve();
      });
    });
    void ended.then(onEnd);
    child.on('message', onMessage);
    return {
      tell: (message) => {
        child.postMessage(message);
      },
      stop: async () => {
        if (child.kill()) await ended;
      },
    };
  };
}
