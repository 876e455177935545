/** Minutes of each part; a year counts 366 days and a month 31, so that a bound is never taken for shorter. */
const MINUTES = {
  years: 366 * 1440,
  months: 31 * 1440,
  weeks: 7 * 1440,
  days: 1440,
  hours: 60,
  minutes: 1,
  seconds: 1 / 60,
} as const;

const FORM =
  /^P(?!$)(?:(?<years>\d+)Y)?(?:(?<months>\d+)M)?(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?!$)(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)S)?)?$/;

/** Minutes of an ISO 8601 duration such as `PT8H` or `P365D`; undefined for other text. */
export function durationMinutes(text: string): number | undefined {
  const groups = FORM.exec(text.trim().toUpperCase())?.groups;
  if (groups === undefined) return undefined;
  return Object.entries(MINUTES).reduce(
    (sum, [part, minutes]) => sum + Number(groups[part] ?? 0) * minutes,
    0,
  );
}
