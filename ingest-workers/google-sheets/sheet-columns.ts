/** The columns of the livesheet that this program knows. */
export const columnNames = {
  source: ['source'],
  city: ['city'],
  state: ['state', 'region'],
  platform: ['platform'],
  status: ['status'],
  link: ['link', 'url'],
  notes: ['notes'],
  title: ['title'],
  addedDate: ['added date'],
  lastChecked: ['last checked'],
  lastLive: ['last live'],
  postedBy: ['posted by'],
  orientation: ['orientation'],
} as const;

export type Column = keyof typeof columnNames;

/** Columns that people and this program both write. */
export const sharedColumns = ['source', 'city', 'state', 'notes', 'title', 'orientation'] as const;
export type SharedColumn = (typeof sharedColumns)[number];

/** Columns that say what the document says, once a stream has been checked. */
export const followingColumns = ['status', 'lastChecked', 'lastLive'] as const;

/** Columns that are filled where they are empty, and then left alone. */
export const filledColumns = ['platform', 'addedDate', 'postedBy'] as const;

/** Who is followed where both sides changed a cell. */
export type ColumnPolicy = 'sheet' | 'document' | 'ask';

export const sheetModes = ['sheet-first', 'document-first', 'migrate'] as const;
export type SheetMode = (typeof sheetModes)[number];

export type SheetPolicy = Readonly<{
  mode: SheetMode;
  /** Columns that are decided otherwise than the mode says. */
  columns?: Readonly<Partial<Record<SharedColumn, ColumnPolicy>>>;
}>;

export const policyOf = ({ mode, columns }: SheetPolicy, column: SharedColumn): ColumnPolicy =>
  columns?.[column] ?? (mode === 'document-first' ? 'document' : 'sheet');
