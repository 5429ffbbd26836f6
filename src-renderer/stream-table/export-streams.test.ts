import { expect, it } from 'vitest';
import { readStreamList } from '#shared/model/stream-list/read-stream-list.ts';
import { streamOf } from '../wall-grid/sample-wall.ts';
import { streamsAsCsv, streamsAsJson } from './export-streams.ts';

const stream = {
  ...streamOf('a'),
  label: 'Says "hi", twice\nand on',
  notes: '=HYPERLINK("http://evil")',
  tags: ['one', 'two'],
  pinned: true,
  latitude: 35.1,
};

it.each([
  ['CSV', streamsAsCsv],
  ['JSON', streamsAsJson],
])('what is exported as %s is read back as it was', (_, write) => {
  const read = readStreamList(write([stream]));
  expect(read.ok && read.value.streams[0]?.fields).toMatchObject({
    label: stream.label,
    tags: stream.tags,
    pinned: true,
    latitude: 35.1,
  });
});

it('a spreadsheet that opens the list finds no formula in it', () => {
  expect(streamsAsCsv([stream])).not.toMatch(/(^|[,"])=HYPERLINK/);
});
