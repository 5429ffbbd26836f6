import { expect, it } from 'vitest';
import { readOriginalConfig } from './read-original-config.ts';

const colours = { background: '#000000', heard: '#ffffff' };
const read = (text: string) => readOriginalConfig(text, colours);

const WHOLE = `
[grid]
cols = 4
rows = 3
[window]
width = 1280
height = 720
x = 10
y = 20
frameless = true
background-color = "#00ff00"
active-color = "#f00"
[data]
interval = 60
json-url = ["https://example.com/streams.json"]
toml-file = "/home/ana/streams.toml"
[streamdelay]
endpoint = "http://localhost:8404"
key = "secret"
[control]
endpoint = "ws://localhost:3000/streamwall/x/ws?token=y"
[twitch]
channel = "woo"
token = "t"
[twitch.announce]
interval = 60
[telemetry]
sentry = false
`;

it('every option of the original has a place, and no key is shown', () => {
  const config = read(WHOLE);
  expect(config?.lines.filter(({ fate }) => fate === 'wrong')).toEqual([]);
  expect(config?.lines).toHaveLength(19);
  expect(config?.wall).toEqual([
    { type: 'set-grid', grid: { cols: 4, rows: 3 } },
    { type: 'set-colours', colours: { background: '#00ff00', heard: '#f00' } },
  ]);
  expect(config?.placement).toEqual({
    rect: { x: 10, y: 20, width: 1280, height: 720 },
    fullScreen: false,
    frameless: true,
  });
  expect(config?.sources).toEqual([
    { type: 'json-url', url: 'https://example.com/streams.json', everySeconds: 60 },
    { type: 'toml-file', path: '/home/ana/streams.toml' },
  ]);
  expect(config?.delay).toEqual({ server: 'http://localhost:8404', key: 'secret' });
  expect(JSON.stringify(config?.lines)).not.toMatch(/secret|"t"/);
});

it.each([
  ['[grid]\ncols = 99', 'grid.cols', 'not a whole number from 1 to 12'],
  ['[window]\nbackground-color = "green"', 'window.background-color', 'no colour like #20ff40'],
  ['[data]\njson-url = ["ftp://x"]', 'data.json-url', 'no address of the web'],
  ['[grid]\ncolumns = 3', 'grid.columns', 'no option of Streamwall'],
  ['[grid]\ncols = 3\n[surprise]\nx = 1', 'surprise.x', 'no option of Streamwall'],
])('%j: what is wrong or unknown is pointed at', (text, option, words) => {
  expect(read(text)?.lines).toContainEqual(expect.objectContaining({ option, words, fate: 'wrong' }));
});

it('the options of the first version are known', () => {
  expect(read('[grid]\ncount = 4')?.wall).toEqual([{ type: 'set-grid', grid: { cols: 4, rows: 4 } }]);
  expect(read('[control]\nusername = "a"\npassword = "b"')?.lines.map(({ fate }) => fate)).toEqual([
    'elsewhere',
    'elsewhere',
  ]);
});

it.each([
  '',
  'link,label\nhttps://example.com,x',
  '[{"link":"https://example.com"}]',
  '[[streams]]\nlink = "x"',
])('%j is no settings file', (text) => {
  expect(read(text)).toBe(null);
});
