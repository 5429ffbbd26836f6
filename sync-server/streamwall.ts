import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { ControlAnswer, ControlCommand } from './commands/command.ts';
import { HELP, readArguments, type Wanted } from './commands/read-arguments.ts';
import { readConfig, type ServerConfig } from './config.ts';
import { controlParts, runControlCommand } from './control-commands.ts';
import { examineAll, tellFindings } from './doctor.ts';
import { askHolder } from './gateway/control-listener.ts';
import { openStore } from './open-store.ts';

const [REFUSED, NOT_UNDERSTOOD, NO_STORE] = [1, 2, 4];

/** Says what is wrong and ends. */
function giveUp(words: string, code: number): never {
  console.error(words);
  process.exit(code);
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function readWanted(): Wanted {
  const readLine = (): string => readFileSync(0, 'utf8').split(/\r?\n/)[0] ?? '';
  const readFile = (path: string): Uint8Array => readFileSync(path);
  try {
    return readArguments(process.argv.slice(2), { readFile, readLine });
  } catch (error) {
    return giveUp(`${wordsOf(error)}\n\nstreamwall help lists all commands.`, NOT_UNDERSTOOD);
  }
}

/** Here, or in the server that holds the data folder. */
async function perform(command: ControlCommand, config: ServerConfig): Promise<ControlAnswer> {
  const say = (message: string): void => console.error(message);
  const logger: Logger = { info: () => undefined, warn: say, error: say };
  const store = await openStore(config, { clock: systemClock, logger });
  if (!store.ok) return askHolder(store.error, command);
  try {
    const { accounts, log, audit, sql } = store.value;
    return await runControlCommand(command, controlParts(accounts, log, audit, systemClock, sql));
  } finally {
    await store.value.close();
  }
}

function show(wanted: Wanted & { type: 'command' }, answer: ControlAnswer, config: ServerConfig): void {
  if (answer.type === 'refused') giveUp(answer.words, REFUSED);
  const { values, words } = answer;
  const { base64, token, ...plain } = values;
  if (typeof base64 === 'string') return writeExport(Buffer.from(base64, 'base64'), words, wanted.out);
  const link =
    typeof token === 'string' ? { token, link: `${publicUrlOf(config)}/invite/${token}` } : undefined;
  if (wanted.json) console.log(JSON.stringify({ ...plain, ...link }));
  else console.log(link === undefined ? words : `${link.link}\n\n${words}`);
  return undefined;
}

function writeExport(bytes: Uint8Array, words: string, out: string | undefined): void {
  if (out === undefined) process.stdout.write(bytes);
  else {
    writeFileSync(out, bytes, { mode: 0o600 });
    console.log(`${words} Written to ${out}.`);
  }
}

function publicUrlOf({ publicUrl, tls, host, port }: ServerConfig): string {
  return publicUrl ?? `${tls === undefined ? 'http' : 'https'}://${host}:${String(port)}`;
}

const wanted = readWanted();
if (wanted.type === 'help') console.log(HELP);
else {
  const config = readConfig(process.env, join(homedir(), '.streamwall', 'server'));
  if (!config.ok) giveUp(config.error, NOT_UNDERSTOOD);
  if (wanted.type === 'doctor') {
    const findings = await examineAll(config.value);
    console.log(wanted.json ? JSON.stringify({ findings }) : tellFindings(findings));
    if (findings.some(({ state }) => state === 'wrong')) process.exitCode = REFUSED;
  } else {
    const answer = await perform(wanted.command, config.value).catch((error: unknown) =>
      giveUp(`The store cannot be reached: ${wordsOf(error)}`, NO_STORE),
    );
    show(wanted, answer, config.value);
  }
}
