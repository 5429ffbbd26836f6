import { chromiumPath, launchChromium, openRoom, signIn } from './harness/browser-room.ts';
import {
  measureHeap,
  measureInputUnderLoad,
  measureInteractive,
  measureRemoteEdit,
  measureScroll,
  measureSearch,
} from './bench-control/measure-room.ts';
import { joinAsRemote } from './harness/remote-desk.ts';
import { startTeamServer } from './harness/team-server.ts';

/**
 * `npm run bench:control`: the control room in a real browser with 10,000 streams, while somebody else edits. The last
 * line is JSON. Takes two to three minutes; needs a built app and a Chromium.
 */
const STREAMS = Number(process.env['BENCH_STREAMS'] ?? 10_000);

if (chromiumPath() === undefined) {
  console.error('There is no Chromium here. STREAMWALL_CHROMIUM says where one is.');
  process.exit(1);
}
const [server, browser] = await Promise.all([startTeamServer(), launchChromium()]);
try {
  const { email } = await server.addPerson('Ana', 'admin');
  const remote = await joinAsRemote(server.url, await server.addKey('operator'));
  console.log(`Filling the list with ${STREAMS.toLocaleString()} streams …`);
  await remote.fill(STREAMS);
  const { page } = await openRoom(browser, server.url);
  await signIn(page, email);
  await page.waitForFunction(
    (count) =>
      document.querySelector('[data-filter="all"]')?.textContent.replace(/\D/g, '') === String(count),
    STREAMS,
    { timeout: 120_000 },
  );
  const interactiveMs = await measureInteractive(page);
  const searchMs = await measureSearch(page);
  const scrollFps = await measureScroll(page);
  const remoteEditMs = await measureRemoteEdit(page, remote);
  const keystrokeMs = await measureInputUnderLoad(page, remote);
  const heapGrowthMbPerHour = await measureHeap(page, remote);
  remote.close();
  console.log(
    JSON.stringify({ interactiveMs, searchMs, keystrokeMs, scrollFps, remoteEditMs, heapGrowthMbPerHour }),
  );
} finally {
  await browser.close();
  await server.stop();
}
