/** The page's title, without Markdown's backticks; undefined where the page has none. */
export function firstHeading(markdown: string): string | undefined {
  return /^# +(.+?)\s*$/m.exec(markdown)?.[1]?.replaceAll('`', '');
}
