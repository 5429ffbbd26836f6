import { fail, ok, type Result } from '../../shared/kernel/result.ts';

export type StartArguments = {
  readonly help: boolean;
  /** Run Chromium without its sandbox, because the person said so. */
  readonly noSandbox: boolean;
  readonly exitAfterSeconds: number | undefined;
  readonly screenshot: string | undefined;
  /** What the tool does not know goes to the app as it is. */
  readonly passedOn: readonly string[];
};

export const usage = `npm start -- [options]
  --exit-after SECONDS   ends by itself after that time
  --screenshot PATH      writes a picture of the wall to that file, once its tiles play
  --no-sandbox           runs web pages without Chromium's sandbox, where the system does not allow one
Anything else is handed to the app.`;

/** @param args what follows `npm start --` */
export function readArguments(args: readonly string[]): Result<StartArguments, string> {
  const passedOn: string[] = [];
  const read = { help: false, noSandbox: false, exitAfterSeconds: undefined as number | undefined };
  let screenshot: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const [name, attached] = splitOption(args[at] ?? '');
    const value = (): string | undefined => attached ?? args[++at];
    if (name === '--help') read.help = true;
    else if (name === '--no-sandbox') read.noSandbox = true;
    else if (name === '--exit-after') {
      const text = value();
      const seconds = Number(text);
      if (text === undefined || text.trim() === '' || !Number.isFinite(seconds) || seconds <= 0) {
        return fail(`--exit-after needs a number of seconds, for example --exit-after 30`);
      }
      read.exitAfterSeconds = seconds;
    } else if (name === '--screenshot') {
      screenshot = value();
      if (screenshot === undefined || screenshot === '' || screenshot.startsWith('--')) {
        return fail('--screenshot needs a file, for example --screenshot wall.png');
      }
    } else passedOn.push(args[at] ?? '');
  }
  return ok({ ...read, screenshot, passedOn });
}

function splitOption(arg: string): readonly [name: string, value: string | undefined] {
  const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
  return equals < 0 ? [arg, undefined] : [arg.slice(0, equals), arg.slice(equals + 1)];
}
