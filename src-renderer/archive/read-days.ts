/** The times between which something was archived, from two days as a date field gives them; null: no bound. */
export function readDays(from: string, until: string): { fromMs: number | null; untilMs: number | null } {
  return { fromMs: startOfDay(from, 0), untilMs: startOfDay(until, 1) };
}

/** The beginning of a day where the person is, or of one some days later: days can be 23 or 25 hours long. */
function startOfDay(text: string, later: number): number | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return null;
  const ms = new Date(Number(year), Number(month) - 1, Number(day) + later).getTime();
  return Number.isNaN(ms) || ms < 0 ? null : ms;
}
