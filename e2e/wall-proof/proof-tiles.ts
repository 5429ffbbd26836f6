import type { ZooOrigins } from '../zoo/zoo-pages.ts';

/** A tile of a wall that something is proved with. */
export type ProofTile = {
  readonly name: string;
  readonly kind: 'hls' | 'page' | 'file' | 'dash';
  readonly link: string;
  /** Of a playlist: which clip it plays. */
  readonly clip: string;
};

const CLIPS = ['rain', 'harbour', 'lava', 'radar', 'reef', 'snow', 'sundown'];

/** Fourteen: with the two neighbours that every wall of the zoo has, sixteen. */
export function proofTiles({ main, first }: ZooOrigins): readonly ProofTile[] {
  return [
    ...CLIPS.map((clip) => ({
      name: `hls-${clip}`,
      kind: 'hls' as const,
      link: `${main}/live/${clip}.m3u8?proof=1`,
      clip,
    })),
    ...['plain', 'three', 'closed-shadow', 'pauses-and-mutes'].map((page) => ({
      name: `page-${page}`,
      kind: 'page' as const,
      link: `${main}/page/${page}?proof=1`,
      clip: '',
    })),
    { name: 'mp4-reef', kind: 'file', link: `${main}/files/reef.mp4?proof=1`, clip: '' },
    { name: 'mp4-lava', kind: 'file', link: `${first}/files/lava.mp4?proof=1`, clip: '' },
    { name: 'dash', kind: 'dash', link: `${first}/clips/clip.mpd?proof=1`, clip: '' },
  ];
}
