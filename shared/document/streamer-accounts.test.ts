import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { StreamerId } from '../model/ids.ts';
import { identityOf } from './account-book.ts';
import { settleAccounts } from './apply-catalogue-command.ts';
import { createRandom } from './fuzz/random.ts';
import { openCatalogue } from './project-catalogue.ts';
import { createCatalogueDesk, meetCatalogues, plainView, type CatalogueDesk } from './test-catalogue.ts';
import { TEST_NOW } from './test-desk.ts';

const account = (username: string, platform = 'twitch') => ({ platform, username, active: true });
const put = (id: string, ...accounts: readonly (string | ReturnType<typeof account>)[]) => ({
  ...{ type: 'put-streamer', id },
  fields: {
    name: `Called ${id}`,
    accounts: accounts.map((one) => (typeof one === 'string' ? account(one) : one)),
  },
});
const accountsOf = (desk: CatalogueDesk, id: string) =>
  desk
    .view()
    .streamers.get(StreamerId.parse(id))
    ?.accounts.map(({ username }) => username);
const settle = (desk: CatalogueDesk) =>
  settleAccounts(desk.doc, desk.projection, desk.context())?.changes.length ?? 0;

let [a, b, server]: CatalogueDesk[] = [];
const time = { nowMs: TEST_NOW };
beforeEach(() => {
  time.nowMs = TEST_NOW;
  [a, b, server] = ['a', 'b', 's'].map((name) => createCatalogueDesk(name, { time }));
});

/** Desk b, a second later than a, gives a streamer of its own an account that a's has. */
function apart(): [CatalogueDesk, CatalogueDesk, CatalogueDesk] {
  if (a === undefined || b === undefined || server === undefined) throw new Error('no desks');
  a.do(put('ann', 'ana', 'old'));
  time.nowMs += 1_000;
  b.do(put('ben', 'Ana', 'own', account('ana', 'kick')));
  return [a, b, server];
}

describe('an account that two streamers were given apart', () => {
  it('[C21] is shown with the one that was added first, on every desk, and the other keeps all else', () => {
    const desks = apart();
    meetCatalogues(...desks);
    for (const desk of desks) {
      expect(accountsOf(desk, 'ann')).toEqual(['ana', 'old']);
      expect(accountsOf(desk, 'ben')?.toSorted()).toEqual(['ana', 'own']);
    }
  });

  it('[C21] is taken from the other once the server settles; to say so twice, or two of them at once, changes nothing', () => {
    const desks = apart();
    const [ann, , keeper] = desks;
    meetCatalogues(...desks);
    const shown = plainView(ann.view());
    expect([settle(keeper), settle(keeper)]).toEqual([1, 0]);
    expect(settle(ann)).toBe(1);
    meetCatalogues(...desks);
    for (const desk of desks) {
      expect(plainView(desk.view())).toEqual(shown);
      expect(desk.projection.decidedAccounts().size).toBe(0);
    }
    ann.do({ type: 'remove-streamer', id: 'ann' });
    expect(accountsOf(ann, 'ben')?.toSorted()).toEqual(['ana', 'own']);
  });

  it('[C21] is the other’s again when the first lets go of it before anybody settled', () => {
    const desks = apart();
    const [ann, ben] = desks;
    meetCatalogues(...desks);
    ann.do(put('ann', 'old'));
    meetCatalogues(...desks);
    expect(accountsOf(ben, 'ben')).toEqual(['ana', 'Ana', 'own']);
    expect(settle(ben)).toBe(0);
  });

  it('[C21] stays gone for the other when its form is saved as it is shown', () => {
    const desks = apart();
    const [ann, ben] = desks;
    meetCatalogues(...desks);
    ben.do(put('ben', 'own'));
    ann.do({ type: 'remove-streamer', id: 'ann' });
    meetCatalogues(...desks);
    expect(accountsOf(ann, 'ben')).toEqual(['own']);
  });
});

describe('an account that somebody has', () => {
  it('[C21] is not given to another, and it is said whose it is; it can be written otherwise, and handed on', () => {
    const [ann] = apart();
    const refused = ann.try(put('ben', 'ANA'));
    expect(refused).toMatchObject({
      ok: false,
      error: {
        reason: 'invalid',
        message: 'The account twitch ana belongs to “Called ann”. Take it away there first.',
      },
    });
    ann.do(put('ann', 'ANA'));
    ann.do(put('ann'));
    ann.do(put('ben', 'ana'));
    expect([accountsOf(ann, 'ann'), accountsOf(ann, 'ben')]).toEqual([[], ['ana']]);
  });

  it('[C21] two spellings with one streamer are one account', () => {
    const [ann, ben, keeper] = apart();
    ann.do(put('eve', 'zoe', 'Zoe'));
    meetCatalogues(ann, ben, keeper);
    expect(accountsOf(ben, 'eve')).toEqual(['Zoe']);
    expect(settle(keeper)).toBe(2);
    expect(settle(keeper)).toBe(0);
  });
});

it('[C21] [C14] whatever desks do apart, in whatever order they meet, all show each account once and the same', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = createRandom(seed);
    time.nowMs = TEST_NOW;
    const desks = ['a', 'b', 'c', 's'].map((name) => createCatalogueDesk(name, { time }));
    for (let step = 0; step < 40; step++) {
      time.nowMs += random.whole(0, 2_000);
      const [desk, other] = [random.pick(desks), random.pick(desks)];
      const id = random.pick(['ann', 'ben', 'eve', 'zoe']);
      const names = Array.from({ length: random.whole(0, 3) }, () => random.pick(['x', 'X', 'y', 'z']));
      const what = random.whole(0, 9);
      if (what < 5) desk.try(put(id, ...names));
      else if (what === 5) desk.try({ type: 'remove-streamer', id });
      else if (what < 9)
        Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(desk.doc, Y.encodeStateVector(other.doc)));
      else if (desks[3] !== undefined) settle(desks[3]);
    }
    meetCatalogues(...desks);
    for (const desk of desks) {
      const view = plainView(desk.view());
      expect(view, `seed ${seed}`).toEqual(plainView(openCatalogue(desk.doc).view()));
      expect(view, `seed ${seed}`).toEqual(plainView(desks[0]?.view() ?? desk.view()));
      const shown = [...desk.view().streamers.values()].flatMap(({ accounts }) => accounts.map(identityOf));
      expect(new Set(shown).size, `seed ${seed}`).toBe(shown.length);
    }
  }
});
