/** Of a value; what is longer is told by its beginning. */
const MAX_VALUE = 2_000;

/** Fields as the audit holds them: however long somebody made a value, the entry stays readable. */
export function shortenValues(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const text = JSON.stringify(value) ?? '';
      return [name, text.length <= MAX_VALUE ? value : `${text.slice(0, MAX_VALUE)}…`];
    }),
  );
}
