import type { Target } from '../protocol';
import { anyRule } from '../rules/index';
import { mergedFor } from '../rules/kit/merged';
import type { Difference, Guide, Link } from '../rules/rule';
import type { Finding, FixReport } from '../workspace/finding';
import { sentence } from './sentence';

/** What a person wants to know at a use, as Markdown: what it does, what replaces it, how they differ, and how safe that is here. */
export function hover(finding: Finding, target: Target): string {
  const guide = anyRule(finding.rule)?.guide;
  const blocks = [heading(finding, guide), ...(guide ? about(guide, target) : [finding.message]), ...here(finding, target), links(finding.guide, [...(guide?.links ?? []), ...mergedFor(finding.rule).slice(0, 1)])];
  return blocks.join('\n\n');
}

/** The same for an editor that shows no Markdown. Understands what `hover` writes, not more. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^\|[-| ]+\|\n/gm, '')
    .replace(/^\| *(.*?) *\|$/gm, (_, row: string) => row.split(/ *(?<!\\)\| */).join(' – '))
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 <$2>')
    .replace(/\*\*|`|\\(?=\|)/g, '');
}

const names: Readonly<Record<Target, string>> = { threading: 'native threads', asyncio: 'asyncio' };

function heading({ api, via, trail = [] }: Finding, guide: Guide | undefined): string {
  const modules = [...new Set(trail.map(({ module }) => module))];
  const origin = via === undefined ? '' : `, imported through ${(modules.length > 0 ? modules : [via]).map((module) => `\`${module}\``).join(' and ')}`;
  return guide ? `**${guide.title}**: \`${api}\`${origin}` : `**\`${api}\`**${origin}`;
}

function about(guide: Guide, target: Target): readonly string[] {
  const other: Target = target === 'threading' ? 'asyncio' : 'threading';
  return [
    guide.does,
    `On **${names[target]}**: ${guide.replacement[target]}`,
    ...(guide.differences.length > 0 ? [table(guide.differences, target)] : []),
    `On ${names[other]}: ${guide.replacement[other]}`,
  ];
}

function table(differences: readonly Difference[], target: Target): string {
  const rows = differences.map((difference) => [difference.aspect, difference.eventlet, difference[target] ?? '–']);
  return [['', 'eventlet', names[target]], ['---', '---', '---'], ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** What holds at this place, as against everywhere. */
function here({ fixes, reason, suppressed }: Finding, target: Target): readonly string[] {
  if (suppressed !== undefined) return [suppressed === '' ? 'Kept by a comment.' : `Kept by a comment: ${sentence(suppressed)}`];
  return [...fixes.filter((fix) => fix.target === target).map(fixHere), ...(reason === undefined ? [] : [`**No safe fix here**: ${sentence(reason)}`])];
}

function fixHere({ title, safety, preconditions }: FixReport): string {
  const conditions = preconditions.map(({ text, holds }) => `- ${holds ? '✓ holds' : '✗ not shown'}: ${text}`);
  return [`**${title}** (${safety === 'safe' ? 'safe' : 'review'})`, ...conditions].join('\n');
}

function links(guide: string, others: readonly Link[]): string {
  return [{ title: 'Guide', href: guide }, ...others].map(({ title, href }) => `[${title}](${href})`).join(' · ');
}
