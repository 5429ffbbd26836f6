import { memo } from 'react';
import type { TileId } from '#shared/model/ids.ts';
import { classNames } from '../ui/class-names.ts';
import type { Edge } from './decide-resize.ts';
import styles from './ResizeEdges.module.css';
import { useWallDrag } from './use-wall-drag.ts';

const edges: readonly Edge[] = ['n', 'e', 's', 'w', 'ne', 'se', 'sw', 'nw'];

/** The sides and corners by which a tile is pulled larger. For the pointer; Shift+arrows do the same. */
export const ResizeEdges = memo(function ResizeEdges({ tile }: { readonly tile: TileId }) {
  return edges.map((edge) => <ResizeEdge key={edge} tile={tile} edge={edge} />);
});

function ResizeEdge({ tile, edge }: { readonly tile: TileId; readonly edge: Edge }) {
  const bind = useWallDrag(() => ({ kind: 'edge', tile, edge }));
  return (
    <span {...bind()} aria-hidden="true" data-edge={edge} className={classNames(styles.edge, styles[edge])} />
  );
}
