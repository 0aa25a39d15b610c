// Few enough that they can be arguments of one call.
const chunk = 0x8000;

/** The bytes in base64, on Node and in a browser alike. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += chunk) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunk));
  }
  return btoa(binary);
}
