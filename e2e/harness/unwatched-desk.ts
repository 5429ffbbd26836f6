import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';
import WebSocket from 'ws';
import { z } from 'zod';
import { descendantsOf } from '../../tools/process/process-tree.ts';
import { environmentOf, PROJECT, type DeskOptions } from './desk.ts';
import type { Inside } from './inside.ts';

export type UnwatchedDesk = {
  readonly inside: Inside;
  /** The main process. */
  readonly pid: number;
  readonly quit: () => Promise<void>;
};

/**
 * The real program with nobody looking into its pages: a browser tool that watches them keeps a copy of all that they
 * load, some hundred megabytes an hour, which would be taken for the wall's. Only the main process can be asked.
 */
export async function startUnwatchedDesk({
  folder,
  args = [],
  env = {},
}: DeskOptions): Promise<UnwatchedDesk> {
  const program = z.string().parse(createRequire(import.meta.url)('electron'));
  const child = spawn(program, ['--inspect=127.0.0.1:0', '--log-level=3', PROJECT, ...args], {
    cwd: PROJECT,
    env: await environmentOf(folder, env),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const inspector = await inspectorOf(child);
  // Whoever asks while it still starts may break that off.
  await expect.poll(() => hasPages(child.pid ?? 0), { timeout: 60_000 }).toBe(true);
  const socket = new WebSocket(inspector);
  await once(socket, 'open');
  const inside = insideBy(askerOf(socket));
  const hasStage = async (): Promise<boolean> =>
    inside.main(async ({ webContents }) => {
      const control = webContents.getAllWebContents().find((each) => each.getURL().includes('/control.html'));
      const look = `document.querySelector('[data-drop="stage"]') !== null`;
      return control !== undefined && ((await control.executeJavaScript(look)) as boolean);
    }, null);
  await expect.poll(hasStage, { message: 'the control window', timeout: 60_000 }).toBe(true);
  return {
    inside,
    pid: child.pid ?? 0,
    quit: async () => {
      const gone = once(child, 'exit');
      // It may end before it answers, and does not end while somebody may still ask.
      inside.main(({ app }) => app.quit(), null).catch(() => undefined);
      socket.close();
      await gone;
    },
  };
}

const hasPages = (pid: number): boolean =>
  descendantsOf(pid).some((each) => readCommand(each.pid).includes('--type=renderer'));

/** Empty of one that has ended. */
function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** What Node says on its error stream when it can be asked. */
async function inspectorOf({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error('there is no error stream');
  const lines = createInterface({ input: stderr });
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      const [, url] = /^Debugger listening on (ws:\S+)/.exec(line) ?? [];
      if (url !== undefined) resolve(url);
    });
    lines.on('close', () => reject(new Error('it ended before it could be asked')));
  });
}

const Answer = z.object({
  id: z.number(),
  error: z.object({ message: z.string() }).optional(),
  result: z
    .object({
      result: z.object({ value: z.unknown().optional() }),
      exceptionDetails: z
        .object({ text: z.string(), exception: z.object({ description: z.string() }).optional() })
        .optional(),
    })
    .optional(),
});

type Ask = (expression: string) => Promise<unknown>;

function askerOf(socket: WebSocket): Ask {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  socket.on('message', (data: Buffer) => {
    const { id, error, result } = Answer.parse(JSON.parse(data.toString()));
    const wrong = result?.exceptionDetails;
    const words = error?.message ?? wrong?.exception?.description ?? wrong?.text;
    if (words === undefined) waiting.get(id)?.resolve(result?.result.value);
    else waiting.get(id)?.reject(new Error(words));
    waiting.delete(id);
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the program has ended'));
  });
  return async (expression) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      const params = { expression, awaitPromise: true, returnByValue: true };
      socket.send(JSON.stringify({ id: last, method: 'Runtime.evaluate', params }));
    });
}

function insideBy(ask: Ask): Inside {
  const electron = `process.getBuiltinModule('node:module').createRequire(process.execPath)('electron')`;
  const call = (what: unknown, argument: unknown): string => `(${String(what)})(${JSON.stringify(argument)})`;
  return {
    main: async (what, argument) =>
      (await ask(`(${String(what)})(${electron}, ${JSON.stringify(argument)})`)) as never,
    control: async (what, argument) =>
      (await ask(
        `${electron}.webContents.getAllWebContents().find((each) => each.getURL().includes('/control.html')).executeJavaScript(${JSON.stringify(call(what, argument))})`,
      )) as never,
  };
}
