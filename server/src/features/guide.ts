import { aspects } from '../rules/kit/aspects';
import { wikiPatterns } from '../rules/kit/links';
import { mergedFor } from '../rules/kit/merged';
import type { Difference, Example, Guide, Rule } from '../rules/rule';
import type { TextExample, TextRule } from '../rules/texts/textRule';

/** The guide page of a rule, in Markdown. Everything on it comes from the rule, so that page, hover and tests cannot disagree. */
export function guidePage(rule: Rule | TextRule): string {
  const { guide } = rule;
  const pattern = wikiPatterns.find(({ number }) => number === rule.pattern);
  const parts = [
    `# ${guide.title}`,
    `Rule \`${rule.id}\`${pattern ? ` · pattern ${pattern.number} of the wiki: [${pattern.title}](${pattern.href})` : ''}`,
    guide.does,
    '## What replaces it',
    `**Native threads.** ${guide.replacement.threading}`,
    `**asyncio.** ${guide.replacement.asyncio}`,
    '## How they differ',
    ...(guide.differences.length > 0 ? [table(guide.differences)] : []),
    ...alike(guide),
    '## Examples',
    ...rule.examples.map(example),
    '## Keeping a use on purpose',
    `Write the reason behind the line or above it: \`# eventlet: keep[${rule.id}] reason\``,
    '## To read',
    guide.links.map(({ title, href }) => `- [${title}](${href})`).join('\n'),
    ...(mergedFor(rule.id).length > 0 ? ['How others did it:', mergedFor(rule.id).map(({ title, href }) => `- [${title}](${href})`).join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The pages of the findings about comments, which no rule stands for. */
export const commentPages: Readonly<Record<string, string>> = {
  'unknown-keep': commentPage('Comments that name no rule', 'A comment `# eventlet: keep[…]` names a rule that does not exist, so it keeps nothing. Correct the name, or delete the comment.'),
  'unused-keep': commentPage('Comments that keep nothing', 'A comment `# eventlet: keep[…]` stands where its rule finds nothing: what it kept is gone, or has moved. Delete the comment.'),
};

function commentPage(title: string, text: string): string {
  return `# ${title}\n\n${text}\n\nA use that stays on purpose is kept on its own line, or from the line above:\n\n\`\`\`python\neventlet.sleep(0)  # eventlet: keep[sleep] the reason\n\`\`\`\n`;
}

/** The list of all rules, for the README. */
export function ruleTable(rules: readonly (Rule | TextRule)[]): string {
  const rows = sorted(rules).map((rule) => `| [\`${rule.id}\`](media/guide/${rule.id}.md) | ${rule.guide.title} | ${rule.pattern} |`);
  return ['| rule | about | wiki pattern |', '|---|---|---|', ...rows].join('\n');
}

export function sorted<Sort extends Rule | TextRule>(rules: readonly Sort[]): readonly Sort[] {
  return rules.toSorted((a, b) => a.pattern - b.pattern || (a.id < b.id ? -1 : 1));
}

/** What no row tells of, in the words of the rule; aspects with the same words together. */
function alike({ same = {} }: Guide): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const aspect of aspects) {
    const reason = same[aspect];
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), aspect]);
  }
  const lines = [...byReason].map(([reason, about]) => `- ${listed(about)}: ${reason}.`);
  return lines.length > 0 ? [lines.join('\n')] : [];
}

function listed(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  const all = [`${first[0]?.toUpperCase() ?? ''}${first.slice(1)}`, ...rest];
  return all.length === 1 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
}

function table(differences: readonly Difference[]): string {
  const hasAsyncio = differences.some(({ asyncio }) => asyncio !== undefined);
  const head = ['', 'eventlet', 'native threads', ...(hasAsyncio ? ['asyncio'] : [])];
  const rows = differences.map(({ of, aspect, eventlet, threading, asyncio }) => [named(aspect, of), eventlet, threading, ...(hasAsyncio ? [asyncio ?? ''] : [])]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

/** What a row is about, and the aspect where the words do not say it. */
function named(about: string, aspect: Difference['of']): string {
  return aspect === undefined || about.toLowerCase().includes(aspect.replace(/s$/, '')) ? about : `${about} (${aspect})`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function example(shown: Example | TextExample): string {
  const { title, before, after, target } = shown;
  const suffix = target === 'asyncio' ? ' (asyncio)' : '';
  const path = 'path' in shown ? shown.path : undefined;
  const language = path === undefined ? 'python' : '';
  const parts = [`### ${title[0]?.toUpperCase() ?? ''}${title.slice(1)}${suffix}`, ...(path === undefined ? [] : [`\`${path}\`:`]), fence(withoutMarks(before), language)];
  if (after === undefined) parts.push('stays as it is.');
  else parts.push('becomes', fence(after.replace(/^\n/, ''), language));
  return parts.join('\n\n');
}

function withoutMarks(python: string): string {
  return python.replace(/^\n/, '').replace(/^[ \t]*#(\^+|\|)[ \t]+\S.*\n/gm, '');
}

function fence(code: string, language: string): string {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;
}

