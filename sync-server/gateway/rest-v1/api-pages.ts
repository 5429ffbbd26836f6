import { readFile } from 'node:fs/promises';
import { Router } from 'express';
import type { Endpoint } from './endpoint.ts';
import { describeApi } from './open-api.ts';
import { toldAccounts } from '../told-accounts.ts';
import { toldAdmin } from '../admin/told-admin.ts';
import { toldApart } from './told-apart.ts';
import { prepareAnswer, sendAnswer } from './send-answer.ts';

const FOLDER = new URL('./public/', import.meta.url);
const FILES = {
  '/api-docs': ['index.html', 'text/html; charset=utf-8'],
  '/api-docs/try.js': ['try.js', 'text/javascript; charset=utf-8'],
  '/api-docs/try.css': ['try.css', 'text/css; charset=utf-8'],
} as const;
/** Its own files and the API of its own server, nothing else. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The description of the API, and a page to read and to try it. Neither holds anything that is not public. */
export function apiPages(endpoints: readonly Endpoint[]): Router {
  const router = Router();
  const description = prepareAnswer({
    status: 200,
    body: describeApi([...endpoints, ...toldApart, ...toldAccounts, ...toldAdmin]),
  });
  router.get('/api/v1/openapi.json', async (request, response) => sendAnswer(request, response, description));
  for (const [path, [file, type]] of Object.entries(FILES))
    router.get(path, async (request, response) => {
      const content = await readFile(new URL(file, FOLDER), 'utf8');
      response.set('content-security-policy', POLICY);
      await sendAnswer(request, response, prepareAnswer({ status: 200, text: { type, content } }));
    });
  return router;
}
