/** How a frame and the one below it find each other: the lower one says, by message, a token that main gave to both. */
export type CarriedFrames = {
  /** The element that holds the frame which proved itself with this token, once it has. */
  readonly element: (token: string) => HTMLElement | undefined;
  /** Proves this frame to its parent, if it has one. */
  readonly proveTo: (token: string | null) => void;
};

const KEY = 'streamwall-frame';

export function findCarriedFrames(): CarriedFrames {
  /** The last few that said something of the kind; pages can say it too, but not with the right token. */
  const seen = new Map<string, MessageEventSource>();
  window.addEventListener(
    'message',
    (event: MessageEvent<unknown>) => {
      const token = tokenOf(event.data);
      if (token === null || event.source === null) return;
      seen.delete(token);
      seen.set(token, event.source);
      const oldest = seen.keys().next();
      if (seen.size > 8 && oldest.done === false) seen.delete(oldest.value);
    },
    true,
  );
  return {
    element: (token) => {
      const source = seen.get(token);
      return source === undefined ? undefined : frameElementOf(document, source);
    },
    proveTo: (token) => {
      if (token !== null && window.parent !== window) window.parent.postMessage({ [KEY]: token }, '*');
    },
  };
}

function tokenOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !(KEY in data)) return null;
  const token: unknown = data[KEY];
  return typeof token === 'string' && token.length <= 64 ? token : null;
}

function frameElementOf(root: Document | ShadowRoot, source: MessageEventSource): HTMLElement | undefined {
  for (const frame of root.querySelectorAll<HTMLIFrameElement>('iframe, frame, object, embed')) {
    if (frame.contentWindow === source) return frame;
  }
  for (const element of root.querySelectorAll('*')) {
    const found = element.shadowRoot === null ? undefined : frameElementOf(element.shadowRoot, source);
    if (found !== undefined) return found;
  }
  return undefined;
}
