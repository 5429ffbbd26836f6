import { expect, it } from 'vitest';
import { german as controlDe } from '../control/german.ts';
import { english as controlEn } from '../control/messages.ts';
import { german as wall_gridDe } from '../wall-grid/german.ts';
import { english as wall_gridEn } from '../wall-grid/messages.ts';
import { german as stream_tableDe } from '../stream-table/german.ts';
import { english as stream_tableEn } from '../stream-table/messages.ts';
import { german as audio_mixerDe } from '../audio-mixer/german.ts';
import { english as audio_mixerEn } from '../audio-mixer/messages.ts';
import { german as scenesDe } from '../scenes/german.ts';
import { english as scenesEn } from '../scenes/messages.ts';
import { german as wallsDe } from '../walls/german.ts';
import { english as wallsEn } from '../walls/messages.ts';
import { german as paletteDe } from '../palette/german.ts';
import { english as paletteEn } from '../palette/messages.ts';
import { german as togetherDe } from '../together/german.ts';
import { english as togetherEn } from '../together/messages.ts';
import { german as storesDe } from '../stores/german.ts';
import { english as storesEn } from '../stores/messages.ts';
import { german as historyDe } from '../history/german.ts';
import { english as historyEn } from '../history/messages.ts';
import { german as truth_barDe } from '../truth-bar/german.ts';
import { english as truth_barEn } from '../truth-bar/messages.ts';
import { german as settingsDe } from '../settings/german.ts';
import { english as settingsEn } from '../settings/messages.ts';
import { german as sourcesDe } from '../sources/german.ts';
import { english as sourcesEn } from '../sources/messages.ts';
import { german as adminDe } from '../admin/german.ts';
import { english as adminEn } from '../admin/messages.ts';
import { german as archiveDe } from '../archive/german.ts';
import { english as archiveEn } from '../archive/messages.ts';
import { german as addDe } from '../add-streams/german.ts';
import { english as addEn } from '../add-streams/messages.ts';
import { german as webDe } from '../bridge-web/german.ts';
import { english as webEn } from '../bridge-web/messages.ts';
import { german as wordsDe } from './german.ts';
import { english as wordsEn } from './messages.ts';
import { german as rulesDe } from '../rules/german.ts';
import { english as rulesEn } from '../rules/messages.ts';
import { german as statusDe } from '../status/german.ts';
import { english as statusEn } from '../status/messages.ts';
import { inLanguage, missingWords } from './language.ts';

it.each([
  ['words', wordsEn, wordsDe],
  ['add-streams', addEn, addDe],
  ['admin', adminEn, adminDe],
  ['archive', archiveEn, archiveDe],
  ['bridge-web', webEn, webDe],
  ['sources', sourcesEn, sourcesDe],
  ['settings', settingsEn, settingsDe],
  ['control', controlEn, controlDe],
  ['wall-grid', wall_gridEn, wall_gridDe],
  ['stream-table', stream_tableEn, stream_tableDe],
  ['audio-mixer', audio_mixerEn, audio_mixerDe],
  ['scenes', scenesEn, scenesDe],
  ['walls', wallsEn, wallsDe],
  ['palette', paletteEn, paletteDe],
  ['together', togetherEn, togetherDe],
  ['stores', storesEn, storesDe],
  ['history', historyEn, historyDe],
  ['truth-bar', truth_barEn, truth_barDe],
  ['rules', rulesEn, rulesDe],
  ['status', statusEn, statusDe],
])('%s says in German all that it says in English', (_folder, english, german) => {
  expect(missingWords(english, german)).toEqual([]);
});

it('what is missing is found, however deep', () => {
  const some = { a: 'x', b: { c: () => 'y', d: 'z' } };
  expect(missingWords(some, { a: 'x', b: { c: 'no function' } })).toEqual(['b.c', 'b.d']);
});

it('a list in one language is a list in the other, as long', () => {
  expect(missingWords({ heads: ['Who', 'What'] }, { heads: ['Wer'] })).toEqual(['heads.1']);
});

it('English is spoken where nobody chose', () => {
  expect(inLanguage({ a: 'one' }, { a: 'eins' })).toEqual({ a: 'one' });
});
