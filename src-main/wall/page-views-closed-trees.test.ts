import { expect, it } from 'vitest';
import { closedTreesWithMedia } from './page-views-closed-trees.ts';

const node = (nodeName: string, backendNodeId: number, more: object = {}) => ({
  nodeName,
  backendNodeId,
  ...more,
});
const closed = (id: number, ...children: object[]) =>
  node('#document-fragment', id, { shadowRootType: 'closed', children });

it('finds every closed tree around media, also in trees within trees and in framed documents', () => {
  const document = node('#document', 1, {
    children: [
      node('DIV', 2, {
        shadowRoots: [closed(3, node('P', 4, { shadowRoots: [closed(5, node('VIDEO', 6))] }))],
      }),
      node('IFRAME', 7, {
        contentDocument: node('#document', 8, {
          children: [node('DIV', 9, { shadowRoots: [closed(10, node('AUDIO', 11))] })],
        }),
      }),
    ],
  });
  expect(closedTreesWithMedia(document).toSorted((a, b) => a - b)).toEqual([3, 5, 10]);
});

it('leaves trees without media, open ones, and what the browser itself puts into a video', () => {
  const document = node('#document', 1, {
    children: [
      node('DIV', 2, { shadowRoots: [closed(3, node('P', 4))] }),
      node('DIV', 5, {
        shadowRoots: [
          node('#document-fragment', 6, { shadowRootType: 'open', children: [node('VIDEO', 7)] }),
        ],
      }),
    ],
  });
  expect(closedTreesWithMedia(document)).toEqual([]);
});

it('a tree that cannot be read, or that never ends, is left', () => {
  const ring: Record<string, unknown> = node('DIV', 1);
  ring['children'] = [ring];
  expect(closedTreesWithMedia(ring)).toEqual([]);
  expect(closedTreesWithMedia('nonsense')).toEqual([]);
  expect(closedTreesWithMedia(undefined)).toEqual([]);
});
