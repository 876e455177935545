const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of `90s`, `10m`, `2h`, `1d`, or of an ISO 8601 duration without months (`P1DT8H`); undefined for other text. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([smhd])$/i.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined)
    return Number(amount) * (units[unit.toLowerCase()] ?? 0);
  const iso = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(text);
  if (iso === null) return undefined;
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = iso;
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
