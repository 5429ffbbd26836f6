import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { generationKey } from '#shared/document/generation.ts';
import { createStampClock } from '#shared/kernel/stamp.ts';
import { ReplicaId } from '#shared/model/ids.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';

const REPLICA = ReplicaId.parse('plain001');
export const GENERATION = generationKey(0, REPLICA);
const BIRTH = createStampClock({ nowMs: () => 0 }, REPLICA).next();

/** A client of y-websocket as anybody has it, and how its connections ended: `CODE REASON`. */
export function connectPlainClient(url: string, params: Record<string, string>, document: string) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, document, doc, {
    params,
    disableBc: true,
  });
  const closes: string[] = [];
  provider.on('connection-close', (event) => closes.push(`${String(event?.code)} ${event?.reason ?? ''}`));
  const end = (): void => {
    provider.destroy();
    doc.destroy();
  };
  return { provider, closes, end };
}

/** Adds a stream as a program would that knows the documents: in a generation of its own. */
export function putStream(doc: Y.Doc, link: string, fields: Readonly<Record<string, unknown>> = {}): void {
  const record = new Y.Map<unknown>(Object.entries({ '@': BIRTH, link, code: 'own', ...fields }));
  const streams = doc.getMap<Y.Map<unknown>>('streams');
  const read = readStreamUrl(link);
  if (!read.ok) throw new Error(read.error.message);
  doc.transact(() => {
    const generation = streams.get(GENERATION) ?? streams.set(GENERATION, new Y.Map());
    generation.set(streamIdOf(read.value.url), record);
  });
}
