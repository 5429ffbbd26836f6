import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ControlEvent } from '#shared/protocol/ipc-contract.ts';
import type { ControlBridge } from '../bridge.ts';
import { applyEvent, mirrorOf, type ControlMirror } from './control-mirror.ts';
import { groupBursts, type BurstTiming } from './group-bursts.ts';

export type MirrorStore = Pick<StoreApi<ControlMirror>, 'getState' | 'subscribe' | 'getInitialState'>;

/**
 * Opens the bridge and keeps a mirror of what comes over it until `close`. Rejects when the bridge cannot be opened.
 * Events that overtake the snapshot are kept and applied to it.
 */
export async function openMirror(
  bridge: ControlBridge,
  timing: BurstTiming,
): Promise<{ readonly store: MirrorStore; readonly close: () => void }> {
  const early: ControlEvent[] = [];
  let receive = (event: ControlEvent): void => {
    early.push(event);
  };
  const close = bridge.onEvent((event) => receive(event));
  try {
    const snapshot = await bridge.open();
    const store = createStore<ControlMirror>(() => early.reduce(applyEvent, mirrorOf(snapshot)));
    receive = groupBursts(
      (events) => store.setState(events.reduce(applyEvent, store.getState()), true),
      timing,
    );
    return { store, close };
  } catch (error) {
    close();
    throw error;
  }
}
