import type { HistoryPoint } from '../../protocol';

/**
 * The history as a picture: the uses that were left over time, stacked by how far their fixes can be trusted. A whole SVG
 * document that needs no font, script or style of others; the layers differ in their patterns too, not only by colour.
 */
export function burnDown(points: readonly HistoryPoint[], title: string): string {
  const days = points.map(({ date }) => Date.parse(date));
  const [start = 0, end = 0] = [days[0], days.at(-1)];
  const top = niceCeiling(Math.max(1, ...points.map(({ findings }) => findings)));
  const last = points.at(-1);
  const onlyDay = end === start ? last : undefined;
  const x = (day: number): number => round(plot.left + (onlyDay ? plot.width : ((day - start) / (end - start)) * plot.width));
  const y = (uses: number): number => round(plot.top + plot.height - (uses / top) * plot.height);

  // A single day has no width; what was then is drawn from side to side.
  const columns = onlyDay ? [plot.left, plot.right].map((at) => ({ at, point: onlyDay })) : points.map((point) => ({ at: x(Date.parse(point.date)), point }));
  const areas = layers.map((_, layer) => {
    const edge = (upTo: number) => columns.map(({ at, point }) => `${at},${y(layers.slice(0, upTo).reduce((sum, { countOf }) => sum + countOf(point), 0))}`);
    return `<polygon points="${[...edge(layer + 1), ...edge(layer).reverse()].join(' ')}" fill="url(#layer${layer})"/>`;
  });
  const outline = `<polyline points="${columns.map(({ at, point }) => `${at},${y(point.findings)}`).join(' ')}" fill="none" stroke="#1f2328" stroke-width="2"/>`;
  const legend = layers.map(({ name, countOf }, layer) => {
    const row = plot.top + 10 + (layers.length - 1 - layer) * 22;
    return `<rect x="${plot.right + 16}" y="${row - 11}" width="14" height="14" fill="url(#layer${layer})"/><text x="${plot.right + 34}" y="${row}">${name}: ${last ? countOf(last) : 0}</text>`;
  });

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title" font-family="sans-serif" font-size="13" fill="#1f2328">`,
    `<title id="title">${escaped(title)}</title>`,
    `<defs>${layers.map(({ fill, mark }, layer) => `<pattern id="layer${layer}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${fill}"/>${mark}</pattern>`).join('')}</defs>`,
    `<rect width="${width}" height="${height}" rx="6" fill="#ffffff"/>`,
    `<text x="${plot.left}" y="28" font-size="16" font-weight="bold">${escaped(title)}</text>`,
    ...[0, 1, 2, 3, 4].map((step) => (top * step) / 4).map((uses) => `<line x1="${plot.left}" x2="${plot.right}" y1="${y(uses)}" y2="${y(uses)}" stroke="#d1d9e0"/><text x="${plot.left - 8}" y="${y(uses) + 4}" text-anchor="end">${round(uses)}</text>`),
    ...areas,
    outline,
    ...ticks(onlyDay ? [onlyDay] : points).map(({ date }) => `<text x="${x(Date.parse(date))}" y="${plot.top + plot.height + 22}" text-anchor="middle">${date.slice(0, 7)}</text>`),
    ...legend,
    '</svg>',
    '',
  ].join('\n');
}

const width = 860;
const height = 400;
const plot = { left: 60, top: 48, width: 600, height: 300, right: 660 };

/** From the bottom of the stack to its top. */
const layers: readonly { readonly name: string; readonly fill: string; /** Drawn over the fill, in a square of 8. */ readonly mark: string; countOf(point: HistoryPoint): number }[] = [
  { name: 'needs a person', fill: '#8c959f', mark: '<circle cx="4" cy="4" r="1.2" fill="#ffffff"/>', countOf: ({ guidance }) => guidance },
  { name: 'fix to review', fill: '#d4a72c', mark: '<path d="M-2 2 2 -2M0 8 8 0M6 10 10 6" stroke="#7d4e00"/>', countOf: ({ review }) => review },
  { name: 'safe to fix', fill: '#1a7f37', mark: '', countOf: ({ safe }) => safe },
];

/** At most seven points whose dates are written below the picture, the first and the last among them. */
function ticks(points: readonly HistoryPoint[]): readonly HistoryPoint[] {
  const steps = Math.min(6, points.length - 1);
  if (steps < 1) return points;
  return Array.from({ length: steps + 1 }, (_, step) => points[Math.round((step * (points.length - 1)) / steps)]).flatMap((point) => point ?? []);
}

/** The next number whose quarters are easy to read. */
function niceCeiling(uses: number): number {
  const unit = 10 ** Math.floor(Math.log10(uses));
  const factor = [1, 2, 4, 8, 10].find((each) => each * unit >= uses) ?? 10;
  return Math.max(4, factor * unit);
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
