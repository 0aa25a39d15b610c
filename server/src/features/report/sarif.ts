import type { Range } from '../../protocol';
import { allRules } from '../../rules/index';
import { ownSentence } from '../sentence';
import { jsonPieces } from './jsonPieces';
import type { Report, ReportedFinding, ReportedFix } from './report';

/** For code scanning: SARIF 2.1.0 (OASIS standard), one run; a result at a time. Ends with a newline. */
export function* sarif(report: Report): Iterable<string> {
  const rules = rulesOf(report);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'eventlet-migration', version: report.tool, informationUri: homepage, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [root]: { description: { text: 'The folder that the report is relative to.' } } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: report.files.skipped.map(skipped) }],
        results: results(report, rules),
      },
    ],
  };
  // The log, its runs, the run, its results.
  yield* jsonPieces(log, 4);
  yield '\n';
}

function* results({ findings }: Report, rules: readonly RuleDescriptor[]): Iterable<object> {
  for (const finding of findings) yield result(finding, rules.findIndex(({ id }) => id === finding.rule));
}

const root = '%SRCROOT%';

const homepage = 'https://github.com/eventlet-migration/eventlet-migration';

/**
 * A `reportingDescriptor` of the standard. Microsoft's viewer shows the name, links `helpUri` and describes the rule by `fullDescription`; GitHub
 * shows `shortDescription` and `help`.
 */
interface RuleDescriptor {
  readonly id: string;
  readonly name: string;
  readonly helpUri: string;
  readonly shortDescription?: { readonly text: string };
  readonly fullDescription?: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
}

function rulesOf({ findings, target }: Report): RuleDescriptor[] {
  const pages = new Map(findings.map(({ rule, guide }) => [rule, guide]));
  const guides = new Map(allRules.map(({ id, guide }) => [id, guide]));
  const about = 'What it does, what replaces it, and how they differ';
  return [...pages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, helpUri]) => {
    const guide = guides.get(id);
    const words = guide ? `${guide.does} On ${target === 'asyncio' ? 'asyncio' : 'native threads'}: ${guide.replacement[target]}` : undefined;
    return {
      id,
      name: pascalCase(id),
      helpUri,
      ...(guide && words ? { shortDescription: { text: guide.title }, fullDescription: { text: plain(words) } } : {}),
      help: { text: `${about}: ${helpUri}`, markdown: [...(words === undefined ? [] : [words]), `[${about}](${helpUri})`].join('\n\n') },
    };
  });
}

/** The standard wants names that read like those of a program: `GreenPool`. */
function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Without links: in plain text, the standard has them for places of the log only. */
function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}

function result(finding: ReportedFinding, ruleIndex: number): object {
  const { path, range, rule, severity, message, reason, fingerprint, suppressed, decision, settled, fixes, related } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: severity === 'error' || severity === 'warning' ? severity : 'note',
    message: { text: [message, ...(reason === null ? [] : [ownSentence(reason)]), ...whereBound(finding)].join(' ') },
    locations: [{ physicalLocation: { artifactLocation: artifact(path), region: region(range) } }],
    ...(related.length > 0 ? { relatedLocations: related.map((place, id) => ({ id, message: { text: boundName(place) }, physicalLocation: { artifactLocation: artifact(place.path), region: region(place.range) } })) } : {}),
    partialFingerprints: { 'eventletMigration/v1': fingerprint },
    // An empty list says that nobody suppressed it; a missing one, that nobody looked.
    suppressions: [
      ...(suppressed === null ? [] : [{ kind: 'inSource', status: 'accepted', justification: suppressed }]),
      ...(decision && settled ? [{ kind: 'external', status: 'accepted', justification: decision.reason }] : []),
    ],
    // The standard wants at least one change in a fix.
    fixes: fixes.filter(({ edits }) => edits.length > 0).map(fixed),
    properties: { api: finding.api, kind: finding.kind, pattern: finding.pattern },
  };
}

/** Links to the places on the way to eventlet: viewers show `relatedLocations` where the message names them by their `id` (section 3.11.6 of the standard). */
function whereBound({ related }: ReportedFinding): readonly string[] {
  return related.length === 0 ? [] : [`Bound at ${related.map((place, id) => `[${boundName(place)}](${id})`).join(', ')}.`];
}

function boundName({ module, name }: ReportedFinding['related'][number]): string {
  return module === null ? name : `${module}.${name}`;
}

function fixed({ title, safety, target, edits }: ReportedFix): object {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    description: { text: `${title} [${safety}]` },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifact(path),
      replacements: edits.filter((edit) => edit.path === path).map(({ range, newText }) => ({ deletedRegion: region(range), insertedContent: { text: newText } })),
    })),
    properties: { target, safety },
  };
}

function skipped({ path, reason }: Report['files']['skipped'][number]): object {
  return { level: 'warning', message: { text: `Not analysed: ${reason}` }, locations: [{ physicalLocation: { artifactLocation: artifact(path) } }] };
}

function artifact(path: string): object {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: root };
}

function region({ start, end }: Range): object {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}
