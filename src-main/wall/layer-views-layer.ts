import type { WebContentsView } from 'electron';
import type { Logger } from '#shared/kernel/logger.ts';
import { LayerSaid } from '#shared/protocol/wall-layers.ts';
import { openOwnView, type OwnView } from './layer-views.ts';
import type { After } from './timers.ts';
import type { ViewStack } from './view-stack.ts';
import type { PixelSize } from './wall-geometry.ts';

/** One page of ours over the whole wall. It is told a scene only where that differs, and again when it is replaced. */
export type Layer<Scene> = {
  readonly draw: (scene: Scene) => void;
  /** Resolves when what was last drawn is on the screen, or after so long, or when the layer closes. */
  readonly whenDrawn: (timeoutMs: number) => Promise<void>;
  readonly resize: () => void;
  readonly close: () => void;
};

export type LayerParts = {
  readonly preload: string;
  readonly stack: ViewStack<WebContentsView>;
  readonly wallSize: () => PixelSize;
  readonly after: After;
  readonly log: Logger;
};

/** How long after its page died a layer is made anew. */
const REPLACE_MS = 500;

export function createLayer<Scene>(
  parts: LayerParts,
  level: 'overlay' | 'background',
  url: string,
): Layer<Scene> {
  const { stack, after, log } = parts;
  const drawn = createDrawn(after);
  let own: OwnView<LayerSaid> | undefined;
  let isReady = false;
  let scene: Scene | undefined;
  let told = '';
  let stopReplacing = (): void => undefined;

  const tell = (): void => {
    if (isReady && scene !== undefined) own?.tell({ number: drawn.asked(), scene });
  };
  const resize = (): void => {
    own?.view.setBounds({ x: 0, y: 0, ...parts.wallSize() });
  };
  const remove = (): void => {
    if (own === undefined) return;
    stack.remove(own.view);
    own.close();
    own = undefined;
    isReady = false;
  };
  const open = (): void => {
    const onGone = (reason: string): void => {
      log.warn('A layer of the wall was lost and is made anew.', { level, reason });
      remove();
      stopReplacing = after(REPLACE_MS, open);
    };
    own = openOwnView({ url, preload: parts.preload, says: LayerSaid, log, onGone });
    own.onSaid((said) => {
      if (said.type === 'drawn') drawn.done(said.scene);
      isReady = true;
      if (said.type === 'ready') tell();
    });
    stack.add(level, own.view);
    resize();
  };

  open();
  return {
    draw: (next) => {
      const text = JSON.stringify(next);
      if (text === told) return;
      told = text;
      scene = next;
      drawn.ask();
      tell();
    },
    whenDrawn: drawn.wait,
    resize,
    close: () => {
      stopReplacing();
      drawn.stop();
      remove();
    },
  };
}

type Drawn = {
  readonly ask: () => void;
  /** The number of the scene that was asked for last. */
  readonly asked: () => number;
  readonly done: (number: number) => void;
  readonly wait: (timeoutMs: number) => Promise<void>;
  readonly stop: () => void;
};

/** Which scenes were asked for and which are drawn, and who waits for it. */
function createDrawn(after: After): Drawn {
  let asked = 0;
  let done = 0;
  const waiting = new Set<() => void>();
  const wakeAll = (): void => {
    for (const wake of [...waiting]) wake();
  };
  return {
    ask: () => {
      asked += 1;
    },
    asked: () => asked,
    done: (number) => {
      done = number;
      if (done === asked) wakeAll();
    },
    wait: async (timeoutMs) => {
      if (done === asked) return;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          stop();
          resolve();
        };
        const stop = after(timeoutMs, wake);
        waiting.add(wake);
      });
    },
    stop: wakeAll,
  };
}
