import type { Host } from '../../host';
import { anyRule } from '../../rules/index';
import type { Finding } from '../../workspace/finding';
import { Workspace } from '../../workspace/workspace';
import { Checkout, type Clone } from './clone';

/** A change after which something went wrong that a good warning would have named. */
export interface Trap {
  readonly repo: string;
  /** The commit that fell into it; we look at its first parent. */
  readonly sha: string;
  readonly path: string;
  /** The rule that has to speak there, and how it names the trap. */
  readonly rule: string;
  readonly words: RegExp;
  /** What happened. */
  readonly story: string;
}

/** Where the trap is named: at the place itself, only on the guide page that its finding leads to, or nowhere. */
export interface Warning {
  readonly trap: Trap;
  readonly named: 'there' | 'in the guide' | 'nowhere';
  /** The finding that names it. */
  readonly finding?: Finding;
}

/** Reads lines such as `owner/name sha path rule /words/ what happened`; lines with a # in front are comments. Throws at a line that is none of both. */
export function readTraps(text: string): readonly Trap[] {
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')).map((line) => {
    const [, repo, sha, path, rule, words, story] = /^(\S+) ([0-9a-f]{40}) (\S+) (\S+) \/(.+?)\/ (.+)$/.exec(line) ?? [];
    if (!repo || !sha || !path || !rule || !words || !story) throw new Error(`this line of the list of traps is not understood: ${line}`);
    return { repo, sha, path, rule, words: new RegExp(words), story };
  });
}

/** What we would have said before each of the changes. */
export async function* warnings(clone: Clone, traps: readonly Trap[], host: Omit<Host, 'files'>): AsyncIterable<Warning> {
  for (const trap of traps) {
    const folder = 'file:///trap';
    const checkout = new Checkout(clone, folder);
    checkout.moveTo(`${trap.sha}^1`, [trap.path]);
    const workspace = await Workspace.create({ ...host, files: checkout }, { roots: [folder] });
    await workspace.scan();
    const findings = workspace.findings(checkout.uri(trap.path)).filter(({ rule }) => rule === trap.rule);
    workspace.dispose();
    const there = findings.find((finding) => trap.words.test(wordsOf(finding)));
    const guided = findings.find(({ rule }) => trap.words.test(JSON.stringify(anyRule(rule)?.guide)));
    const finding = there ?? guided;
    yield { trap, named: there ? 'there' : guided ? 'in the guide' : 'nowhere', ...(finding ? { finding } : {}) };
  }
}

/** One line for each trap. */
export function describeWarning({ trap, named, finding }: Warning): string {
  const place = finding ? `:${finding.position.start.line + 1}, ${finding.api}` : '';
  return `- ${named === 'nowhere' ? '**not named**' : `named ${named}`}: ${trap.story} (${trap.sha.slice(0, 12)}^ ${trap.path}${place})`;
}

/** All that is said at the place for native threads. */
function wordsOf({ message, reason, fixes }: Finding): string {
  return [message, reason, ...fixes.filter(({ target }) => target === 'threading').map(({ why }) => why)].join('\n');
}
