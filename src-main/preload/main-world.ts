import { webFrame } from 'electron';

/**
 * Changes a few things in the page's own world before any of its scripts runs: what is hidden from us becomes visible to
 * us, and what would stop the media that fills the tile does nothing. The page can see through this; it is a help against
 * ordinary pages, never a fence.
 * @param mark the attribute that the media on the wall bears
 */
export function prepareMainWorld(mark: string): void {
  const parts = [openClosedTrees, guardMedia, joinDetachedMedia, beLookedAt, stayOpen];
  const calls = parts.map((part) => `(${part.toString()})(change, ${JSON.stringify(mark)});`);
  webFrame
    .executeJavaScript(`{ const change = ${changeProperty.toString()}; ${calls.join('\n')} }`)
    // In sandboxed frames that may not run scripts this fails; then there are no scripts to prepare for.
    .catch(() => undefined);
}

/** What a property of the browser's own is made of. */
type Native = { readonly value?: unknown; readonly get?: unknown; readonly set?: unknown };
/** Calls what the browser itself would have called. */
type Call = (native: unknown, self: unknown, args: readonly unknown[]) => unknown;
type Change = (
  target: object,
  name: string,
  make: (native: Native, call: Call) => PropertyDescriptor,
) => void;

// What follows runs in the page's world: each function may use nothing but its arguments.

function changeProperty(
  target: object,
  name: string,
  make: (native: Native, call: Call) => PropertyDescriptor,
): void {
  const native = Object.getOwnPropertyDescriptor(target, name);
  if (native?.configurable !== true) return;
  const call: Call = (method, self, args) => Reflect.apply(method as () => unknown, self, args);
  Object.defineProperty(target, name, { ...native, ...make(native, call) });
}

/** A closed tree is opened, and looks closed to the page. */
function openClosedTrees(change: Change): void {
  const closed = new WeakSet<object>();
  change(Element.prototype, 'attachShadow', (native, call) => ({
    value: function attachShadow(this: Element, init: ShadowRootInit): unknown {
      const isClosed = (init as ShadowRootInit | undefined)?.mode === 'closed';
      const root = call(native.value, this, [isClosed ? { ...init, mode: 'open' } : init]);
      if (isClosed) closed.add(this);
      return root;
    },
  }));
  change(Element.prototype, 'shadowRoot', (native, call) => ({
    get(this: Element): unknown {
      return closed.has(this) ? null : call(native.get, this, []);
    },
  }));
}

/** The media on the wall is not the page's to stop or silence. */
function guardMedia(change: Change, mark: string): void {
  const media = HTMLMediaElement.prototype;
  change(media, 'pause', (native, call) => ({
    value: function pause(this: HTMLMediaElement): void {
      if (!this.hasAttribute(mark)) call(native.value, this, []);
    },
  }));
  for (const name of ['muted', 'volume', 'playbackRate']) {
    change(media, name, (native, call) => ({
      set(this: HTMLMediaElement, wanted: unknown): void {
        if (!this.hasAttribute(mark)) call(native.set, this, [wanted]);
      },
    }));
  }
}

/** What plays without being part of the page would not be found. */
function joinDetachedMedia(change: Change): void {
  change(HTMLMediaElement.prototype, 'play', (native, call) => ({
    value: function play(this: HTMLMediaElement): unknown {
      const home = this.ownerDocument === document ? document.body : null;
      if (!this.isConnected && home !== null) {
        this.hidden = true;
        home.append(this);
      }
      return call(native.value, this, []);
    },
  }));
}

/** A wall is always looked at. */
function beLookedAt(change: Change): void {
  change(Document.prototype, 'hidden', () => ({ get: () => false }));
  change(Document.prototype, 'visibilityState', () => ({ get: () => 'visible' }));
  change(Document.prototype, 'hasFocus', () => ({ value: () => true }));
  for (const name of ['visibilitychange', 'webkitvisibilitychange', 'freeze', 'blur']) {
    window.addEventListener(
      name,
      (event) => {
        if (!(event.target instanceof Element)) event.stopImmediatePropagation();
      },
      true,
    );
  }
}

/** A page with nowhere to go back to may close itself. Where it finds another way to, it is loaded again. */
function stayOpen(change: Change): void {
  change(window, 'close', () => ({ value: () => undefined }));
}
