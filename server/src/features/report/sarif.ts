import type { Range } from '../../protocol';
import { allRules } from '../../rules/index';
import { ownSentence } from '../sentence';
import type { Report, ReportedFinding, ReportedFix } from './report';

/** For code scanning: SARIF 2.1.0 (OASIS standard), one run. Ends with a newline. */
export function sarif(report: Report): string {
  const rules = rulesOf(report);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'eventlet-migration', version: report.tool, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [root]: { description: { text: 'The folder that the report is relative to.' } } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: report.files.skipped.map(skipped) }],
        results: report.findings.map((finding) => result(finding, rules.findIndex(({ id }) => id === finding.rule))),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2) + '\n';
}

const root = '%SRCROOT%';

/** A `reportingDescriptor` of the standard. Where a viewer does not follow `helpUri`, it shows `help`. */
interface RuleDescriptor {
  readonly id: string;
  readonly helpUri: string;
  readonly shortDescription?: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
}

function rulesOf({ findings }: Report): RuleDescriptor[] {
  const guides = new Map(findings.map(({ rule, guide }) => [rule, guide]));
  const titles = new Map(allRules.map(({ id, guide: { title } }) => [id, title]));
  return [...guides].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, helpUri]) => {
    const title = titles.get(id);
    const about = 'What it does, what replaces it, and how they differ';
    return { id, helpUri, ...(title === undefined ? {} : { shortDescription: { text: title } }), help: { text: `${about}: ${helpUri}`, markdown: `[${about}](${helpUri})` } };
  });
}

function result(finding: ReportedFinding, ruleIndex: number): object {
  const { path, range, rule, severity, message, reason, fingerprint, suppressed, decision, settled, fixes, related } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: severity === 'error' || severity === 'warning' ? severity : 'note',
    message: { text: reason === null ? message : `${message} ${ownSentence(reason)}` },
    locations: [{ physicalLocation: { artifactLocation: artifact(path), region: region(range) } }],
    ...(related.length > 0 ? { relatedLocations: related.map((place, id) => ({ id, message: { text: place.module === null ? place.name : `${place.module}.${place.name}` }, physicalLocation: { artifactLocation: artifact(place.path), region: region(place.range) } })) } : {}),
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
