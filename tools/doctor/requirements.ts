/** What a machine needs, as data. A new need is one more row here, and its id in the list of who needs it. */
export type Requirement = {
  readonly id: string;
  readonly title: string;
  /** What it is for, as the end of the sentence "needed …". */
  readonly purpose: string;
  readonly look: Look;
  /** Debian's packages that bring it; inner lists are names of the same thing in different releases, oldest first. */
  readonly packages: readonly (readonly string[])[];
};

export type Look =
  /** A shared library, by the name that programs ask for. */
  | { readonly kind: 'library'; readonly soname: string }
  /** Programs that must all be found on the path or in one of `folders` (a `*` there stands for one level). */
  | { readonly kind: 'commands'; readonly names: readonly string[]; readonly folders?: readonly string[] }
  | { readonly kind: 'font' };

const table = [
  {
    id: 'gtk',
    title: 'GTK 3',
    purpose: 'for Electron’s windows',
    look: { kind: 'library', soname: 'libgtk-3.so.0' },
    packages: [['libgtk-3-0', 'libgtk-3-0t64']],
  },
  {
    id: 'nss',
    title: 'NSS',
    purpose: 'for Electron’s secure connections',
    look: { kind: 'library', soname: 'libnss3.so' },
    packages: [['libnss3']],
  },
  {
    id: 'gbm',
    title: 'GBM',
    purpose: 'for Electron’s graphics',
    look: { kind: 'library', soname: 'libgbm.so.1' },
    packages: [['libgbm1']],
  },
  {
    id: 'alsa',
    title: 'ALSA',
    purpose: 'for Electron’s sound',
    look: { kind: 'library', soname: 'libasound.so.2' },
    packages: [['libasound2', 'libasound2t64']],
  },
  {
    id: 'fonts',
    title: 'a font',
    purpose: 'for the pages on the wall',
    look: { kind: 'font' },
    packages: [['fonts-dejavu-core']],
  },
  {
    id: 'virtual-display',
    title: 'Xvfb',
    purpose: 'to run without a display',
    look: { kind: 'commands', names: ['Xvfb', 'xauth'] },
    packages: [['xvfb'], ['xauth']],
  },
  {
    id: 'compiler',
    title: 'a C++ compiler',
    purpose: 'once, to build the database for the registry’s Electron',
    look: { kind: 'commands', names: ['gcc', 'g++'] },
    packages: [['gcc'], ['g++'], ['libc6-dev']],
  },
  {
    id: 'ffmpeg',
    title: 'ffmpeg',
    purpose: 'only to make the demo clips anew',
    look: { kind: 'commands', names: ['ffmpeg'] },
    packages: [['ffmpeg']],
  },
  {
    id: 'postgres',
    title: 'Postgres',
    purpose: 'for the tests, and for a sync server that keeps its documents there',
    look: { kind: 'commands', names: ['postgres'], folders: ['/usr/lib/postgresql/*/bin'] },
    packages: [['postgresql']],
  },
  {
    id: 'redis',
    title: 'Redis',
    purpose: 'for the tests, and for several sync servers at once',
    look: { kind: 'commands', names: ['redis-server'], folders: ['/usr/sbin', '/sbin'] },
    packages: [['redis-server']],
  },
  {
    id: 'chromium',
    title: 'Chromium',
    purpose: 'only to try the control page in a browser',
    look: { kind: 'commands', names: ['chromium'] },
    packages: [['chromium']],
  },
] as const satisfies readonly Requirement[];

export type RequirementId = (typeof table)[number]['id'];

export const requirements: readonly (Requirement & { readonly id: RequirementId })[] = table;

/** What every run of Electron needs. */
export const electronNeeds: readonly RequirementId[] = ['gtk', 'nss', 'gbm', 'alsa', 'fonts'];

/** What `npm start` needs before anything is built. */
export function startNeeds(hasDisplay: boolean): readonly RequirementId[] {
  return hasDisplay ? electronNeeds : [...electronNeeds, 'virtual-display'];
}

/** What `npm test` needs before anything is built. */
export function testNeeds(hasDisplay: boolean): readonly RequirementId[] {
  return [...startNeeds(hasDisplay), 'postgres', 'redis'];
}

export function pickRequirements(ids: readonly RequirementId[]): readonly Requirement[] {
  return requirements.filter((each) => ids.includes(each.id));
}
