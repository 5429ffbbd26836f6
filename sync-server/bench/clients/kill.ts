import * as decoding from 'lib0/decoding';
import { readServerMessage, writeClientMessage } from '#shared/protocol/sync-message-bytes.ts';
import { SYNC_DIALECT } from '#shared/protocol/sync-messages.ts';
import { marksAfter, MadeEdits } from './made-edits.ts';
import { RawClient, type Target } from './raw-client.ts';
import { forEachMark, markOf } from './seen-board.ts';
import { instanceOf, wait, type KillMarks, type Task } from './task.ts';

const PAUSE_MS = 20;
const KILL_AFTER_MS = 3_000;

/**
 * (h) One writer, 50 edits a second, each under a key of its own, and a reader on the other instance; then every instance
 * is killed in the middle of it. Of ours the writer is told what is saved, in our own dialect.
 */
export async function loadAndKill(task: Task, document: string): Promise<KillMarks> {
  const saved: number[] = [];
  const seen = new Set<string>();
  const hear = (bytes: Buffer, from: number, to: number): void =>
    forEachMark(bytes, from, to, (writer, edit) => seen.add(markOf(writer, edit)));
  const reader = new RawClient(instanceOf(task.targets, 1), document, { update: hear });
  await reader.synced;
  const { client, write, isTold } = await openWriter(instanceOf(task.targets, 0), document, (n) =>
    saved.push(n),
  );
  const edits = new MadeEdits(0, (edit) => `key${String(edit)}`);
  let edit = 0;
  const timer = setInterval(() => {
    edit += 1;
    write(edit, edits.get(edit));
  }, PAUSE_MS);
  await wait(Math.max(KILL_AFTER_MS, task.seconds * 500));
  for (const { pid } of task.targets) process.kill(pid, 'SIGKILL');
  await wait(300);
  clearInterval(timer);
  client.close();
  reader.close();
  const last = Math.max(0, ...saved);
  const savedMarks = Array.from({ length: last }, (_, i) => markOf(0, i + 1));
  return { saved: isTold ? savedMarks : null, seen: [...seen], kept: [] };
}

/** What a server has that was started again. */
export async function marksKept(target: Target, document: string): Promise<readonly string[]> {
  const updates: Uint8Array[] = [];
  const update = (bytes: Buffer, from: number, to: number): void => {
    const decoder = decoding.createDecoder(Uint8Array.from(bytes.subarray(from, to)));
    updates.push(decoding.readVarUint8Array(decoder));
  };
  const client = new RawClient(target, document, { update });
  await client.synced;
  await wait(300);
  client.close();
  return [...marksAfter(updates)];
}

/** A writer that is told what is saved, where the server can say so. */
async function openWriter(target: Target, document: string, onSaved: (n: number) => void) {
  let greet = (): void => undefined;
  const greeted = new Promise<boolean>((resolve) => {
    greet = () => resolve(true);
    setTimeout(() => resolve(false), 1_000);
  });
  const dialect = (bytes: Buffer): void => {
    const message = readServerMessage(decoding.createDecoder(Uint8Array.from(bytes)));
    if (message?.type === 'hello') greet();
    if (message?.type === 'saved') onSaved(message.n);
  };
  const client = new RawClient(target, document, { dialect }, undefined, SYNC_DIALECT);
  const isTold = target.protocol === 'y-websocket' && (await greeted);
  if (!isTold) await client.synced;
  const write = (n: number, update: Uint8Array): void => {
    if (isTold) client.sendMessage(writeClientMessage({ type: 'edit', n, carried: false, update }));
    else client.send(client.frames.edit(update));
  };
  return { client, write, isTold };
}
