const form =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

const day = 24 * 60 * 60 * 1000;

/**
 * Milliseconds of an ISO 8601 duration such as `PT8H` or `P365D`; undefined for other text. A year counts 366 days
 * and a month 31, so that `P1Y` is longer than a bound of `P365D`: Azure turns it down
 * (hashicorp/terraform-provider-azuread#1813).
 */
export function milliseconds(duration: string): number | undefined {
  const match = form.exec(duration);
  if (match === null || /[PT]$/.test(duration)) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? "0"));
  return (
    (years * 366 + months * 31 + weeks * 7 + days) * day +
    (hours * 3600 + minutes * 60 + seconds) * 1000
  );
}
