import type { EditRefusal } from '../documents/room-peer.ts';

/** Why a connection is closed, as its code and reason say. Codes from 4400 to 4499 are final: clients do not come back. */
export type Closing = { readonly code: number; readonly reason: string };

export const closings = {
  notSignedIn: { code: 4401, reason: 'not-signed-in' },
  mayNotRead: { code: 4403, reason: 'may-not-read' },
  noSuchDocument: { code: 4404, reason: 'no-such-document' },
  textFrame: { code: 4400, reason: 'text-frame' },
  unnumbered: { code: 4400, reason: 'unnumbered-edit' },
  malformed: { code: 4400, reason: 'malformed' },
  presenceTooLarge: { code: 4413, reason: 'presence-too-large' },
  tooManyAttempts: { code: 4529, reason: 'too-many-attempts' },
  disconnected: { code: 4410, reason: 'disconnected-by-an-admin' },
  tooManyMessages: { code: 4529, reason: 'too-many-messages' },
  tryLater: { code: 1013, reason: 'try-again-later' },
  stopping: { code: 1012, reason: 'restarting' },
} as const satisfies Record<string, Closing>;

/** How a client is told of a refused edit that has no number to be answered by: by the end of its connection. */
export function closingFor({ reason }: EditRefusal): Closing {
  switch (reason) {
    case 'hold-on':
    case 'missing-dependency':
    case 'maintenance':
    case 'switched-off':
      return { code: 1013, reason };
    case 'malformed':
      return { code: 4400, reason };
    case 'too-large':
    case 'document-full':
      return { code: 4413, reason };
    default:
      return { code: 4403, reason };
  }
}
