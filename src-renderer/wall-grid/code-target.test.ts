import { expect, it } from 'vitest';
import { codeTarget } from './code-target.ts';
import { wallOf } from './sample-wall.ts';
import { cursorAt } from './stage-cursor.ts';

it('a code that was begun on a tile follows it', () => {
  const at = cursorAt(wallOf(['ab.']), { x: 0, y: 0 });
  expect(codeTarget(wallOf(['.ba']), at)).toEqual({ x: 2, y: 0 });
});

it('nobody is replaced who was not there when the code was begun', () => {
  const onTile = cursorAt(wallOf(['a.']), { x: 0, y: 0 });
  const onEmpty = cursorAt(wallOf(['a.']), { x: 1, y: 0 });
  expect(codeTarget(wallOf(['b.']), onTile)).toBe(null);
  expect(codeTarget(wallOf(['ab']), onEmpty)).toBe(null);
});

it('a cell that is still empty, or has become so, takes the stream', () => {
  expect(codeTarget(wallOf(['a.']), cursorAt(wallOf(['a.']), { x: 1, y: 0 }))).toEqual({ x: 1, y: 0 });
  expect(codeTarget(wallOf(['..']), cursorAt(wallOf(['a.']), { x: 0, y: 0 }))).toEqual({ x: 0, y: 0 });
});
