import { readFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

const MAX_LINES = 150;

/** Prints what a failed story's pages showed, for whoever has only the output of a run and not its files. */
export default class ContextReporter implements Reporter {
  onTestEnd(test: TestCase, { status, attachments }: TestResult): void {
    if (status === test.expectedStatus || status === 'skipped') return;
    for (const { name, path } of attachments)
      if (name === 'error-context' && path !== undefined) console.log(pageIn(readFileSync(path, 'utf8')));
  }

  printsToStdio(): boolean {
    return false;
  }
}

/** The part of Playwright's account that shows the page; nothing when there is none. */
function pageIn(account: string): string {
  const [, shown = ''] = account.split('```yaml\n');
  const lines = (shown.split('```')[0] ?? '').split('\n');
  const more = lines.length > MAX_LINES ? [`… ${lines.length - MAX_LINES} more lines`] : [];
  return ['The page showed:', ...lines.slice(0, MAX_LINES), ...more].join('\n');
}
