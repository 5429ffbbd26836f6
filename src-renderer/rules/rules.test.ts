import { describe, expect, it } from 'vitest';
import { RuleId, type StreamId } from '#shared/model/ids.ts';
import type { StreamView, WallView } from '#shared/document/view.ts';
import { LayeredMap } from '../stores/layered-map.ts';
import { wallOf } from '../wall-grid/sample-wall.ts';
import { describeChange } from '../history/describe-change.ts';
import { describeRuleMoves } from './describe-rule-moves.ts';
import { messages } from './messages.ts';
import { commandOfRule, EMPTY_RULE } from './rule-form.ts';
import { ruleMoves, undoRuleMoves } from './rule-moves.ts';

const rule = RuleId.parse('r1');
const byRule = (wall: WallView, index: number): WallView => ({
  ...wall,
  rules: [{ id: rule, name: 'Pinned', enabled: true, match: {}, by: 'user:ann' as never }],
  tiles: wall.tiles.map((tile, at) => (at === index ? { ...tile, rule } : tile)),
});

describe('what rules do', () => {
  it('is told apart from what people do, by name', () => {
    const [before, after] = [wallOf(['a.']), byRule(wallOf(['ab']), 1)];
    const moves = ruleMoves(before, after);
    expect(moves).toMatchObject([{ rule, before: null }]);
    expect(describeRuleMoves(moves, after, (id) => `<${id}>`)).toEqual([
      messages.placed('Pinned', `<${String(moves[0]?.stream)}>`),
    ]);
    const streams = LayeredMap.of<StreamId, StreamView>([]);
    expect(describeChange({ wall: before, streams }, { wall: after, streams })).toEqual([]);
    expect(ruleMoves(after, after)).toEqual([]);
  });

  it('is taken back as far as it stands as the rule left it, and no further', () => {
    const [before, after] = [wallOf(['a.']), byRule(wallOf(['ab']), 1)];
    const moves = ruleMoves(before, after);
    expect(undoRuleMoves(moves, after)).toEqual([{ type: 'remove-tile', tile: moves[0]?.tile }]);
    expect(undoRuleMoves(moves, before)).toEqual([]);
    expect(undoRuleMoves(moves, wallOf(['ab']))).toEqual([]);
    const turned = moves.map((move) => ({ ...move, before: before.tiles[0]?.stream ?? null }));
    expect(undoRuleMoves(turned, after)).toMatchObject([
      { type: 'put-stream', stream: before.tiles[0]?.stream },
    ]);
  });
});

describe('the form of a rule', () => {
  const form = { ...EMPTY_RULE, name: ' Street ' };
  it('makes a rule that is off', () => {
    expect(commandOfRule(form, 'x')).toMatchObject({ name: 'Street', enabled: false, match: {} });
    expect(commandOfRule({ ...form, which: 'tag', value: ' a ' }, 'x')).toMatchObject({
      match: { tag: 'a' },
    });
    expect(commandOfRule({ ...form, does: 'rotate', tile: 't' }, 'x')).toMatchObject({
      rotate: { tile: 't', everySeconds: 60 },
    });
  });

  it('says what is missing', () => {
    expect(commandOfRule(EMPTY_RULE, 'x')).toBe(messages.noName);
    expect(commandOfRule({ ...form, which: 'city' }, 'x')).toBe(messages.noValue);
    expect(commandOfRule({ ...form, does: 'rotate' }, 'x')).toBe(messages.noTile);
    for (const everySeconds of ['9', 'often', '86401', '12.5'])
      expect(commandOfRule({ ...form, does: 'rotate', tile: 't', everySeconds }, 'x')).toBe(
        messages.noSeconds,
      );
  });
});
