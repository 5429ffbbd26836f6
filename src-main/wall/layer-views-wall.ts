import type { WebContentsView } from 'electron';
import type { Logger } from '#shared/kernel/logger.ts';
import { LayerSaid, type BackgroundScene, type OverlayScene } from '#shared/protocol/wall-layers.ts';
import { openOwnView, type OwnView } from './layer-views.ts';
import type { After } from './timers.ts';
import type { ViewStack } from './view-stack.ts';
import type { PixelSize } from './wall-geometry.ts';

/** What lies over and beneath the tiles. */
export type WallLayers = {
  draw(overlay: OverlayScene, background: BackgroundScene): void;
  /** Resolves when what was last drawn is on the screen, or after so long. */
  whenDrawn(timeoutMs: number): Promise<void>;
  resize(): void;
  close(): void;
};

export type WallLayersOptions = {
  readonly pages: { readonly overlay: string; readonly background: string };
  readonly preload: string;
  readonly stack: ViewStack<WebContentsView>;
  readonly wallSize: () => PixelSize;
  readonly after: After;
  readonly log: Logger;
};

/** How long after its page died a layer is made anew. */
const REPLACE_MS = 500;

export function createWallLayers(options: WallLayersOptions): WallLayers {
  const overlay = createLayer<OverlayScene>(options, 'overlay');
  const background = createLayer<BackgroundScene>(options, 'background');
  return {
    draw: (overlayScene, backgroundScene) => {
      overlay.draw(overlayScene);
      background.draw(backgroundScene);
    },
    whenDrawn: async (timeoutMs) => {
      await Promise.all([overlay.whenDrawn(timeoutMs), background.whenDrawn(timeoutMs)]);
    },
    resize: () => {
      overlay.resize();
      background.resize();
    },
    close: () => {
      overlay.close();
      background.close();
    },
  };
}

type Layer<Scene> = {
  draw(scene: Scene): void;
  whenDrawn(timeoutMs: number): Promise<void>;
  resize(): void;
  close(): void;
};

/** One page of ours over the whole wall. It is told a scene only where that differs, and told again when it is replaced. */
function createLayer<Scene>(options: WallLayersOptions, level: 'overlay' | 'background'): Layer<Scene> {
  const { stack, after } = options;
  let own: OwnView<LayerSaid> | undefined;
  let isReady = false;
  let scene: Scene | undefined;
  let told = '';
  let number = 0;
  let drawn = 0;
  let stopReplacing = (): void => undefined;
  const waiting = new Set<() => void>();

  const tell = (): void => {
    if (isReady && scene !== undefined) own?.tell({ number, scene });
  };
  const resize = (): void => {
    const { width, height } = options.wallSize();
    own?.view.setBounds({ x: 0, y: 0, width, height });
  };
  const open = (): void => {
    isReady = false;
    const opened = openOwnView({
      url: options.pages[level],
      preload: options.preload,
      says: LayerSaid,
      log: options.log,
      onGone: (reason) => {
        options.log.warn('A layer of the wall was lost and is made anew.', { level, reason });
        remove();
        stopReplacing = after(REPLACE_MS, open);
      },
    });
    own = opened;
    opened.onSaid((said) => {
      if (said.type === 'ready') {
        isReady = true;
        tell();
      } else {
        drawn = said.scene;
        if (drawn === number) for (const wake of [...waiting]) wake();
      }
    });
    stack.add(level, opened.view);
    resize();
  };
  const remove = (): void => {
    if (own === undefined) return;
    stack.remove(own.view);
    own.close();
    own = undefined;
  };

  open();
  return {
    draw: (next) => {
      const text = JSON.stringify(next);
      if (text === told) return;
      told = text;
      scene = next;
      number += 1;
      tell();
    },
    whenDrawn: async (timeoutMs) => {
      if (drawn === number) return;
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
    resize,
    close: () => {
      stopReplacing();
      for (const wake of [...waiting]) wake();
      remove();
    },
  };
}
