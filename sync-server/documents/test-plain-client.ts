import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

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
