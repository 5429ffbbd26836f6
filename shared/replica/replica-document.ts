import type * as Y from 'yjs';
import type { Applied, WriteContext } from '../document/op.ts';
import { rescue } from '../document/rescue.ts';
import type { WriteTarget } from '../document/write-ops.ts';
import { oneAtATime } from '../kernel/one-at-a-time.ts';
import { hasWaiting } from './compact-updates.ts';
import type { DocumentKind, ProjectionOf, ViewChange } from './document-kind.ts';
import { readApplied } from './intent.ts';
import { bringToLife, mergeInto } from './live-document.ts';
import type { DocumentName, DocumentSize, StoredDocument, UnsavedEdit } from './replica-store.ts';

/** What others are told: the view, and the names of what changed by root, or that anything may have. */
export type ToldChange<View> = {
  readonly view: View;
  readonly changed: ViewChange<View>['changed'] | 'everything';
};

/**
 * One document of a replica in memory. What is written to it stays between it and the writer until `tell`: nobody sees
 * an edit that is not on disk.
 */
export type ReplicaDocument<View = unknown, Projection extends ProjectionOf<View> = ProjectionOf<View>> = {
  readonly name: DocumentName;
  readonly doc: () => Y.Doc;
  readonly projection: () => Projection;
  readonly target: () => WriteTarget;
  /** The view as it was last told. */
  readonly view: () => View;
  readonly onChange: (listener: (change: ToldChange<View>) => void) => () => void;
  /** The bytes that writes have made since it was last asked; null if none. */
  readonly takeBytes: () => Uint8Array | null;
  /** Shows everybody what has changed since the last time. */
  readonly tell: () => void;
  /** Merges updates of others. False if one could not be applied whole: what is in memory is to be loaded again. */
  readonly merge: (updates: readonly Uint8Array[]) => boolean;
  /** Brings own unsaved edits back where they got lost, and writes down what the view decided. At most two edits. */
  readonly tidyUp: (context: WriteContext, maySettle: boolean) => readonly TidyEdit[];
  /** Puts what is stored in the place of what is in memory. Tells nobody. */
  readonly reload: (stored: StoredDocument) => void;
  /** Own edits that the server has not saved; kept in step with the store. */
  readonly unsaved: UnsavedEdit[];
  /** How big it is on disk, without the unsaved; kept in step with the store. */
  size: DocumentSize;
  readonly state: () => DocumentState;
  readonly dispose: () => void;
};

export type TidyEdit = {
  readonly type: 'rescue' | 'settle';
  readonly applied: Applied;
  readonly bytes: Uint8Array;
};

/** `waiting`: edits are there that need others which are not. `unreadable`: so many stored edits are left out. */
export type DocumentState = { readonly waiting: boolean; readonly unreadable: number };

/** Throws when the stored snapshot cannot be read. */
export function createReplicaDocument<View, Projection extends ProjectionOf<View>>(
  name: DocumentName,
  kind: DocumentKind<View, Projection>,
  stored: StoredDocument,
): ReplicaDocument<View, Projection> {
  const listeners = new Set<(change: ToldChange<View>) => void>();
  const unsaved: UnsavedEdit[] = [];
  let untold: ToldChange<View>[] = [];
  let live = bringToLife(kind, stored, (change) => untold.push(change));
  let told = live.projection.view();
  unsaved.push(...stored.unsaved);

  const tell = oneAtATime((change: ToldChange<View>) => {
    told = change.view;
    for (const listener of [...listeners]) callListener(listener, change);
  });
  const target = () => kind.target(live.doc, live.projection);

  return {
    name,
    unsaved,
    size: sizeOf(stored),
    takeBytes: () => live.takeBytes(),
    target,
    doc: () => live.doc,
    projection: () => live.projection,
    view: () => told,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell() {
      const changes = untold;
      untold = [];
      for (const change of changes) tell(change);
    },
    merge: (updates) => mergeInto(live.doc, updates),
    tidyUp(context, maySettle) {
      const edits: TidyEdit[] = [];
      const note = (type: TidyEdit['type'], applied: Applied | null) => {
        const bytes = live.takeBytes();
        if (applied !== null && bytes !== null) edits.push({ type, applied, bytes });
      };
      const own = unsaved.map(({ writes }) => readApplied(writes)).filter((applied) => applied !== undefined);
      note('rescue', rescue(target(), own, context));
      if (maySettle) note('settle', kind.settle(live.doc, live.projection, context));
      return edits;
    },
    reload(again) {
      const next = bringToLife(kind, again, (change) => untold.push(change));
      live.end();
      live = next;
      untold = [{ view: live.projection.view(), changed: 'everything' }];
      unsaved.splice(0, unsaved.length, ...again.unsaved);
    },
    state: () => ({ waiting: hasWaiting(live.doc), unreadable: live.unreadable }),
    dispose() {
      listeners.clear();
      live.end();
    },
  };
}

/** A listener that throws is a bug of its own: the edit is on disk, the others hear of it, and the program is told. */
function callListener<Change>(listener: (change: Change) => void, change: Change): void {
  try {
    listener(change);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function sizeOf({ snapshot, updates }: StoredDocument): DocumentSize {
  const logBytes = updates.reduce((sum, update) => sum + update.byteLength, 0);
  return { snapshotBytes: snapshot?.byteLength ?? 0, logBytes, logEdits: updates.length };
}
