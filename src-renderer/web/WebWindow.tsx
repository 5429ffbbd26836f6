import { useCallback, useEffect, useState } from 'react';
import type { ControlBridge } from '../bridge.ts';
import { createWebBridge } from '../bridge-web/bridge-web.ts';
import { holdTab, type HeldTab } from '../bridge-web/hold-tab.ts';
import { messages } from '../bridge-web/messages.ts';
import { openWebReplica, type WebReplica } from '../bridge-web/open-web-replica.ts';
import { ControlWindow } from '../control/ControlWindow.tsx';
import { MessageScreen } from '../control/MessageScreen.tsx';
import { Button } from '../ui/Button.tsx';

/**
 *     opening ──▶ open ──another tab took over──▶ taken-over ─┐
 *        ├──▶ elsewhere (another tab has it) ─────────────────┼──go on here──▶ opening
 *        └──▶ failed ─────────────────────────────────────────┘
 */
type Phase =
  | { readonly kind: 'opening' | 'elsewhere' | 'taken-over' }
  | { readonly kind: 'failed'; readonly words: string }
  | { readonly kind: 'open'; readonly bridge: ControlBridge };

const DATABASE = 'streamwall';

/** The control room in a browser: opens the replica in this tab, unless another tab has it. */
export function WebWindow({ version }: { readonly version: string }) {
  const [phase, setPhase] = useState<Phase>({ kind: 'opening' });
  const [take, setTake] = useState({ attempt: 0, fromOthers: false });

  useEffect(() => {
    const opening = openHere(take.fromOthers, version, setPhase);
    return () => void opening.then((close) => close());
  }, [take, version]);

  const goOn = useCallback(() => {
    setPhase({ kind: 'opening' });
    setTake(({ attempt }) => ({ attempt: attempt + 1, fromOthers: true }));
  }, []);

  switch (phase.kind) {
    case 'opening':
      return <main aria-busy="true" />;
    case 'open':
      return <ControlWindow bridge={phase.bridge} />;
    case 'failed':
      return (
        <MessageScreen title={messages.cannotOpen.title} words={phase.words}>
          <Button tone="loud" onClick={goOn}>
            {messages.cannotOpen.again}
          </Button>
        </MessageScreen>
      );
    case 'elsewhere':
    case 'taken-over': {
      const said = phase.kind === 'elsewhere' ? messages.elsewhere : messages.takenOver;
      return (
        <MessageScreen title={said.title} words={said.words}>
          <Button tone="loud" onClick={goOn}>
            {said.here}
          </Button>
        </MessageScreen>
      );
    }
  }
}

/** @returns how to close what was opened */
async function openHere(
  take: boolean,
  version: string,
  show: (phase: Phase) => void,
): Promise<() => Promise<void>> {
  const nothing = () => Promise.resolve();
  const tab = await holdTab(DATABASE, take, navigator.locks).catch(() => null);
  if (tab === null) {
    show({ kind: 'elsewhere' });
    return nothing;
  }
  const opened = await openWebReplica(DATABASE);
  if (!opened.ok) {
    tab.release();
    show({ kind: 'failed', words: opened.error });
    return nothing;
  }
  const close = closeOnce(opened.value, tab);
  void tab.lost.then(async () => {
    await close();
    show({ kind: 'taken-over' });
  });
  show({ kind: 'open', bridge: createWebBridge(opened.value, version) });
  return close;
}

function closeOnce({ replica, store }: WebReplica, tab: HeldTab): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () =>
    (closing ??= (async () => {
      await replica.close();
      await store.close();
      tab.release();
    })());
}
