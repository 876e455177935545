/** `West Europe` and `westeurope` name the same region. */
export function regionOf(location: string): string {
  return location.toLowerCase().replace(/\s+/g, "");
}
