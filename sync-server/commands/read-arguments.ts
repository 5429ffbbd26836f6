import { parseArgs } from 'node:util';
import { Grant } from '../accounts/access.ts';
import { ControlCommand } from './command.ts';

export const HELP = `streamwall: what an admin does to a sync server's store, whether the server runs or not

  user add --email EMAIL --password PASSWORD --role ROLE [--name NAME]
  user list                              who may sign in
  user role EMAIL ROLE                   makes somebody something else
  user password EMAIL --password P       also ends their sessions
  user disable EMAIL | user enable EMAIL
  user reset-second-factor EMAIL         for who lost their phone
  user remove EMAIL                      what they wrote stays

  key create --role ROLE [--grant GRANT]… [--label TEXT] [--document NAME]… [--root ROOT]… [--days N] [--per-minute N]
                                         makes a key and shows it, once
  key rotate ID [--overlap-hours N]      makes another like it; the old one ends after the overlap (24 hours)
  key revoke ID                          from now on it opens nothing
  key list

  signing-key rotate                     ends every access token; sessions go on with a refreshed one

  invite --role ROLE [--email EMAIL] [--guest-hours N] [--days N]
                                         a link for one person, or one guest; good for 7 days
  invite list | invite revoke ID

  export DOCUMENT [--form json|yjs] [--out FILE]
  import DOCUMENT FILE [--form json|yjs]
  document list
  projection rebuild                     writes the tables of the catalogue anew, from the log and the archive; ids stay
  doctor                                 looks at everything that the server needs, and says what is wrong

  ROLE      admin, operator, monitor, viewer or service
  GRANT     for services: ${Grant.options.join(', ')}
  DOCUMENT  catalogue, or wall:ID
  --json    prints values for programs instead of words
  --password - reads the password from standard input

The store is the one that the environment names: DATABASE_URL, or DATA_DIR.
Exit codes: 0 done; 1 refused, and why is said; 2 the command was not understood; 4 the store cannot be reached.`;

/** What the command line was asked to do. */
export type Wanted =
  | { readonly type: 'help' }
  | { readonly type: 'doctor'; readonly json: boolean }
  | {
      readonly type: 'command';
      readonly command: ControlCommand;
      readonly json: boolean;
      /** Where an export goes; undefined for standard output. */
      readonly out: string | undefined;
    };

/** What is read from outside before the command is known. */
export type Inputs = { readonly readFile: (path: string) => Uint8Array; readonly readLine: () => string };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const options = {
  role: { type: 'string' },
  grant: { type: 'string', multiple: true },
  label: { type: 'string' },
  document: { type: 'string', multiple: true },
  root: { type: 'string', multiple: true },
  days: { type: 'string' },
  'per-minute': { type: 'string' },
  'overlap-hours': { type: 'string' },
  'guest-hours': { type: 'string' },
  email: { type: 'string' },
  name: { type: 'string' },
  password: { type: 'string' },
  form: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** What the fields of commands were typed as, where that is another word. */
const OPTION_OF: Readonly<Record<string, string>> = {
  ...{ lastsMs: '--days', guestForMs: '--guest-hours', overlapMs: '--overlap-hours' },
  ...{ requestsPerMinute: '--per-minute', documents: '--document', roots: '--root', grants: '--grant' },
};

type Values = ReturnType<typeof parse>['values'];
const parse = (args: readonly string[]) => parseArgs({ args: [...args], allowPositionals: true, options });

/** @throws {Error} with a sentence about what is wrong with them */
export function readArguments(args: readonly string[], inputs: Inputs): Wanted {
  const { values, positionals } = parse(args);
  const [noun, verb] = positionals;
  const { json = false, out } = values;
  if (noun === undefined || noun === 'help' || values.help === true) return { type: 'help' };
  if (noun === 'doctor') return { type: 'doctor', json };
  const wanted = read(positionals, values, inputs);
  if (wanted === undefined) throw new Error(`"${[noun, verb].join(' ').trim()}" is not a command.`);
  const command = ControlCommand.safeParse(wanted);
  if (command.success) return { type: 'command', command: command.data, json, out };
  const [issue] = command.error.issues;
  const field = String(issue?.path[0] ?? noun);
  throw new Error(`${OPTION_OF[field] ?? field}: ${issue?.message ?? 'cannot be read'}`);
}

function read(positionals: readonly string[], values: Values, inputs: Inputs): unknown {
  const [noun, verb, ...rest] = positionals;
  switch (noun) {
    case 'user':
      return readUser(verb, rest, values, inputs);
    case 'signing-key':
      return verb === 'rotate' ? { type: 'rotate-signing-key' } : undefined;
    case 'key':
      return readKey(verb, rest, values);
    case 'invite':
      return readInvite(verb, rest, values);
    case 'document':
      return verb === 'list' ? { type: 'list-documents' } : undefined;
    case 'projection':
      return verb === 'rebuild' ? { type: 'rebuild-projection' } : undefined;
    case 'export':
      return { type: 'export-document', document: verb, form: values.form ?? 'json' };
    case 'import': {
      const [file] = rest;
      if (file === undefined) throw new Error('import needs a document and a file.');
      const form = values.form ?? (file.endsWith('.json') ? 'json' : 'yjs');
      const base64 = Buffer.from(inputs.readFile(file)).toString('base64');
      return { type: 'import-document', document: verb, form, base64 };
    }
    case undefined:
    default:
      return undefined;
  }
}

function readUser(
  verb: string | undefined,
  rest: readonly string[],
  values: Values,
  inputs: Inputs,
): unknown {
  const [named, role] = rest;
  const email = named ?? values.email;
  const password = values.password === '-' ? inputs.readLine() : values.password;
  switch (verb) {
    case 'add':
      if (password === undefined) throw new Error('user add needs --password, or --password - to read it.');
      return { type: 'add-user', email, name: values.name, role: values.role, password };
    case 'list':
      return { type: 'list-users' };
    case 'role':
      return { type: 'change-user', email, role: role ?? values.role ?? '' };
    case 'password':
      return { type: 'change-user', email, password: password ?? '' };
    case 'disable':
    case 'enable':
      return { type: 'change-user', email, isDisabled: verb === 'disable' };
    case 'reset-second-factor':
      return { type: 'change-user', email, dropsSecondFactor: true };
    case 'remove':
      return { type: 'remove-user', email };
    case undefined:
    default:
      return undefined;
  }
}

function readKey(verb: string | undefined, [id]: readonly string[], values: Values): unknown {
  switch (verb) {
    case 'create':
      return {
        type: 'create-key',
        role: values.role,
        grants: values.grant ?? [],
        label: values.label ?? '',
        documents: values.document,
        roots: values.root,
        requestsPerMinute: readNumber(values, 'per-minute'),
        lastsMs: readNumber(values, 'days', DAY_MS),
      };
    case 'rotate':
      return { type: 'rotate-key', id, overlapMs: readNumber(values, 'overlap-hours', HOUR_MS) ?? DAY_MS };
    case 'revoke':
      return { type: 'revoke-key', id };
    case 'list':
      return { type: 'list-keys' };
    case undefined:
    default:
      return undefined;
  }
}

function readInvite(verb: string | undefined, [id]: readonly string[], values: Values): unknown {
  switch (verb) {
    case 'list':
      return { type: 'list-invites' };
    case 'revoke':
      return { type: 'revoke-invite', id };
    case 'create':
    case undefined:
      return {
        type: 'create-invite',
        role: values.role ?? (values['guest-hours'] === undefined ? undefined : 'viewer'),
        email: values.email,
        guestForMs: readNumber(values, 'guest-hours', HOUR_MS),
        lastsMs: readNumber(values, 'days', DAY_MS) ?? 7 * DAY_MS,
      };
    default:
      return undefined;
  }
}

type NumberOption = 'days' | 'per-minute' | 'overlap-hours' | 'guest-hours';

/** @throws {Error} naming the option, which whoever typed it knows; what a number may be at most the command says */
function readNumber(values: Values, option: NumberOption, unit = 1): number | undefined {
  const text = values[option];
  if (text === undefined) return undefined;
  const number = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(number)) throw new Error(`--${option} must be a number, like 7.`);
  return Math.round(number * unit);
}
