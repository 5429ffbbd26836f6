import { answer, noAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { readOne, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';

const WHO = 'Facebook';

/** Facebook's pages, which mostly want a login: “unknown” is the usual answer. */
export function createFacebookPage(tools: RouteTools): StatusRoute {
  const read = async ({ url }: Subject): Promise<Reading> => {
    const outcome = await tools.fetch({
      url: url.url,
      headers: { 'accept-language': 'en' },
      allowHost: (host) => host === 'www.facebook.com' || host === 'm.facebook.com',
      maxBytes: 4 * 1024 * 1024,
    });
    const trouble = readTrouble(outcome, WHO);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${WHO} did not answer.`, '');
    const { text, status, url: arrived } = outcome.value;
    if (isLoginPage(arrived, text))
      return noAnswer('login', 'Facebook shows this only after a login.', arrived);
    if (status !== 200) return answer('gone', 'Facebook has no such video.', `HTTP ${status}`);
    return readFacebookPage(text, url.videoId);
  };
  return {
    name: 'Facebook (pages)',
    hostOf: () => 'www.facebook.com',
    canRead: (subject) => subject.url.short !== true,
    batchSize: 1,
    concurrency: 1,
    spacingMs: 3000,
    read: (subjects) => readOne(subjects, read),
  };
}

const isLoginPage = (address: string, page: string) =>
  /^\/(?:login|checkpoint)/.test(new URL(address).pathname) || /id="login_form"|name="login"/.test(page);

/** Only a mark beside the video's own number counts; a page shows other people's live videos too. */
export function readFacebookPage(page: string, videoId: string | undefined): Reading {
  const silent = noAnswer('odd-answer', 'Facebook does not say whether this is live.', 'no mark on the page');
  if (videoId === undefined || !/^\d+$/.test(videoId)) return silent;
  const near = `"(?:id|video_id|videoID)":"${videoId}"[^{}]{0,1500}?`;
  const mark = new RegExp(`${near}"(?:is_live_streaming|broadcast_status)":("?\\w+"?)`).exec(page)?.[1];
  const said = `mark: ${mark ?? '-'}`;
  if (mark === 'true' || mark === '"LIVE"') return answer('live', 'Facebook shows the video as live.', said);
  if (mark === 'false') return answer('offline', 'Facebook shows the video as not live.', said);
  if (mark === '"SCHEDULED_LIVE"' || mark === '"SCHEDULED_UNPUBLISHED"')
    return answer('upcoming', 'The broadcast is scheduled.', said);
  if (mark === '"VOD"' || mark === '"LIVE_STOPPED"' || mark === '"VOD_READY"')
    return answer('offline', 'The broadcast has ended.', said, { isFinal: true });
  return silent;
}
