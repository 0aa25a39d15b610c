import { LineIndex } from '../../edits/lines';
import { bestFix } from '../../features/report/report';
import type { Host } from '../../host';
import { isFix } from '../../rules/rule';
import { statementOf } from '../../syntax/node';
import { SyntaxParser } from '../../syntax/parser';
import type { Analysis, Mark } from '../../workspace/analysis';
import type { Finding, FixReport } from '../../workspace/finding';
import { route } from '../../workspace/routing';
import { Workspace } from '../../workspace/workspace';
import type { Case } from './cases';
import { Checkout, type Changed, type Clone } from './clone';
import { code, Rewrites, type Nearness } from './rewrites';

/** What became of one case. */
export interface Outcome {
  readonly row: Case;
  /** The name of the finding that covers the place; undefined where none does. */
  readonly found?: string;
  /**
   * How near our rewrites come to the person's. An import goes `together` with our rewrites of its uses, or `later`, when the person
   * has rewritten them by hand. `routed` is what takes eventlet behind a module of the project. Undefined where the list does not call the case mechanical.
   */
  readonly rewrite?: Nearness | 'later' | 'routed';
  /** What we offer for native threads, or the reason why we do not. */
  readonly offers: readonly string[];
  /** How far the best of our edits can be trusted in the processes that the code runs in; undefined where there is none. */
  readonly safety?: FixReport['safety'];
  /** Whether it is said why there is nothing safe. */
  readonly hasReason?: boolean;
}

const folder = 'file:///replay';
const target = 'threading';

/** Goes through the commits of the cases, the oldest first, and asks what we would have said and offered before each of them. */
export async function* replay(clone: Clone, cases: readonly Case[], host: Omit<Host, 'files'>): AsyncIterable<readonly Outcome[]> {
  const checkout = new Checkout(clone, folder);
  const parser = await SyntaxParser.create(host.grammar);
  const workspace = await Workspace.create({ ...host, files: checkout }, { roots: [folder] });
  let isFirst = true;
  for (const sha of clone.inOrder([...new Set(cases.map((row) => row.sha))])) {
    const moved = checkout.moveTo(`${sha}^1`);
    await (isFirst ? workspace.scan() : workspace.update(moved));
    isFirst = false;
    const changes = clone.changes(sha);
    const module = concurrencyModule(clone, sha);
    const rows = cases.filter((row) => row.sha === sha);
    const outcomes: Outcome[] = [];
    for (const path of new Set(rows.map((row) => row.path))) {
      const changed = changes.find((change) => change.path === path);
      const theirs = changed?.now === undefined ? undefined : clone.text(sha, changed.now);
      const file = new ReplayedFile(workspace, parser, checkout.uri(path), changed, theirs, module === undefined ? undefined : checkout.uri(module));
      outcomes.push(...(await file.outcomes(rows.filter((row) => row.path === path))));
    }
    yield outcomes;
  }
  workspace.dispose();
}

/** One file that a commit changed, on its old side. */
class ReplayedFile {
  constructor(
    private readonly workspace: Workspace,
    private readonly parser: SyntaxParser,
    private readonly uri: string,
    private readonly changed: Changed | undefined,
    /** Undefined where the commit deleted the file. */
    private readonly theirs: string | undefined,
    /** The module that the commit takes eventlet behind. */
    private readonly module: string | undefined,
  ) {}

  async outcomes(rows: readonly Case[]): Promise<readonly Outcome[]> {
    const outcomes = (await this.workspace.withAnalysis(this.uri, (analysis) => this.compared(rows, analysis))) ?? rows.map((row): Outcome => ({ row, offers: [] }));
    return this.routed(rows.some(({ kind }) => kind === 'B') ? await this.withImports(outcomes) : outcomes);
  }

  private async withImports(outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
    const [change] = await this.workspace.fix({ target, review: true }, {}, [this.uri]);
    const result: Outcome[] = [];
    for (const outcome of outcomes) result.push(outcome.row.kind === 'B' ? { ...outcome, rewrite: await this.ofImport(outcome.row, change?.after) } : outcome);
    return result;
  }

  private async routed(outcomes: readonly Outcome[]): Promise<readonly Outcome[]> {
    const { module, uri, theirs, changed } = this;
    if (module === undefined || theirs === undefined || !changed) return outcomes;
    const edits = (await route(this.workspace, module, [uri])).changes.find((change) => change.uri === uri)?.edits;
    const judged = edits && (await this.workspace.withAnalysis(uri, (analysis) => {
      const rewrites = new Rewrites(analysis, this.parser, theirs, changed.hunks);
      return outcomes.map((outcome): Outcome => {
        if (outcome.found === undefined || !rewrites.isRouted(outcome.row, edits)) return outcome;
        // Names come from another module, and nothing else changes.
        return { ...outcome, safety: 'safe', ...(isOpen(outcome) ? { rewrite: 'routed' } : {}) };
      });
    }));
    return judged ?? outcomes;
  }

  private compared(rows: readonly Case[], analysis: Analysis): readonly Outcome[] {
    const rewrites = this.theirs !== undefined && this.changed ? new Rewrites(analysis, this.parser, this.theirs, this.changed.hunks) : undefined;
    return rows.map((row): Outcome => {
      const mark = markAt(row, analysis);
      const isCompared = row.kind === 'A' || row.kind === 'C';
      if (!mark) return { row, offers: [], ...(isCompared ? { rewrite: 'none' } : {}) };
      const finding = this.workspace.findings(this.uri).find(({ range, api }) => range.start === mark.use.start && range.end === mark.use.end && api === mark.use.api);
      const offers = mark.proposals.filter((proposal) => proposal.target === target).map((proposal) => (isFix(proposal) ? `${proposal.title} (${proposal.claim})` : proposal.reason));
      return { row, found: mark.use.api, offers, ...trust(finding), ...(isCompared ? { rewrite: rewrites?.nearness(row, mark) ?? 'none' } : {}) };
    });
  }

  /** An import goes with its last use: with our rewrites of all of them, or with the person's, where those were more than ours. */
  private async ofImport(row: Case, ours: string | undefined): Promise<NonNullable<Outcome['rewrite']>> {
    if (ours !== undefined && !this.imports(ours, row.api)) return 'together';
    const left = await this.withoutImport(row);
    return left !== undefined && !this.imports(left, row.api) ? 'later' : 'other';
  }

  /** What our fix for an import makes of the person's file when the old import still stands in it. */
  private async withoutImport({ line, column }: Case): Promise<string | undefined> {
    const { theirs } = this;
    const statement = await this.workspace.withAnalysis(this.uri, ({ view, lines }) => statementOf(view.tree.rootNode.descendantForIndex(lines.start(line - 1) + column)).text);
    if (statement === undefined || theirs === undefined) return undefined;
    const lines = new LineIndex(theirs);
    const at = code(theirs, this.parser).lines.find(({ isImport, start }) => isImport && lines.start(lines.lineAt(start)) === start)?.start ?? 0;
    this.workspace.open(this.uri, `${theirs.slice(0, at)}${statement}\n${theirs.slice(at)}`);
    try {
      const [change] = await this.workspace.fix({ target, review: true, rules: ['import'] }, {}, [this.uri]);
      return change?.after;
    } finally {
      this.workspace.close(this.uri);
    }
  }

  private imports(text: string, api: string): boolean {
    return this.workspace.findingsIn(this.uri, text).some((finding) => finding.rule === 'import' && finding.api === api);
  }
}

function trust(finding: Finding | undefined): Pick<Outcome, 'safety' | 'hasReason'> {
  const safety = finding && bestFix(finding, target)?.safety;
  return { hasReason: finding?.reason !== undefined, ...(safety === undefined ? {} : { safety }) };
}

/** Whether nothing that we offer by itself is what the person wrote. */
function isOpen({ found, rewrite }: Outcome): boolean {
  return found !== undefined && (rewrite === 'other' || rewrite === 'none');
}

/** The path of the module from which a commit imports what came from eventlet before; undefined where it does no such thing. */
function concurrencyModule(clone: Clone, sha: string): string | undefined {
  const added = clone.addedImports(sha);
  const modules = [...new Set(added)].filter((module) => added.indexOf(module) !== added.lastIndexOf(module));
  const paths = modules.map((module) => `${module.replaceAll('.', '/')}.py`);
  const tree = paths.length > 0 ? clone.tree(sha) : new Map<string, string>();
  return paths.find((path) => tree.has(path) && /^(from|import) eventlet/m.test(clone.text(sha, path)));
}

/** The finding that covers the place of a case; where several do, the one of that name. */
function markAt({ line, column, api }: Case, { marks, lines }: Analysis): Mark | undefined {
  const offset = lines.start(line - 1) + column;
  const covering = marks.filter(({ use }) => {
    // A string is what stands between its quotes, and a case counts from the first of them.
    const { startIndex, endIndex } = use.form === 'string' ? use.node : { startIndex: use.start, endIndex: use.end };
    return startIndex <= offset && offset < endIndex;
  });
  const named = (mark: Mark) => mark.use.api === api;
  return covering.find(named) ?? covering[0] ?? marks.find((mark) => named(mark) && lines.lineAt(mark.use.start) === line - 1);
}
