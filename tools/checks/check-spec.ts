/** A text file of the project: its path from the root, with forward slashes. */
export type TextFile = { readonly path: string; readonly text: string };

/** What the check found; empty lists mean that rules and tests agree. */
export type SpecReport = {
  readonly rules: number;
  /** One line a finding, for the person. */
  readonly problems: readonly string[];
};

const RULE = /^- \*\*([A-Z]{1,4}\d+[a-z]?)\*\*/gm;
/** An id counts when it stands at the head of a title, or behind another id there: `'[W3] two desks …'`. */
const TITLE = /['"`]((?:\[[A-Z]{1,4}\d+[a-z]?\]\s*)+)/g;
const ID = /\[([A-Z]{1,4}\d+[a-z]?)\]/g;

/** Every rule in a SPEC.md has a test whose title carries its id, and every id in a title is a rule somewhere. */
export function checkSpec(specs: readonly TextFile[], tests: readonly TextFile[]): SpecReport {
  const rules = new Map<string, string>();
  const problems: string[] = [];
  for (const { path, text } of specs) {
    for (const [, id] of text.matchAll(RULE)) {
      if (id === undefined) continue;
      const first = rules.get(id);
      if (first !== undefined)
        problems.push(`rule ${id} is in ${first} and in ${path}: one of them needs another id`);
      rules.set(id, path);
    }
  }
  const named = new Map<string, string>();
  for (const { path, text } of tests) {
    for (const id of idsInTitles(text)) named.set(id, path);
  }
  for (const [id, path] of rules) {
    if (!named.has(id)) problems.push(`rule ${id} of ${path} has no test that names it`);
  }
  for (const [id, path] of named) {
    if (!rules.has(id)) problems.push(`${path} names rule ${id}, which is in no SPEC.md`);
  }
  return { rules: rules.size, problems };
}

function idsInTitles(text: string): readonly string[] {
  return [...text.matchAll(TITLE)].flatMap(([, head]) =>
    [...(head ?? '').matchAll(ID)].map((match) => match[1] ?? ''),
  );
}
