/** How many brackets are open at once in a text, those in strings and comments among them, and the offset at which it is so first. */
export function deepestBracket(text: string): { readonly depth: number; readonly offset: number } {
  let depth = 0;
  let deepest = 0;
  let offset = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40 || code === 91 || code === 123) {
      if (++depth <= deepest) continue;
      deepest = depth;
      offset = at;
    } else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth--;
  }
  return { depth: deepest, offset };
}
