import { dottedName, type Change } from '../rules/kit/change';
import type { FileView } from '../rules/kit/view';
import { isPatchedLater, loadingPlace } from '../rules/kit/whileLoading';
import type { Condition, Fix, LoadMoment } from '../rules/rule';
import type { Analysis, Mark } from './analysis';
import { placedImports } from './importMentions';
import { importsAbove } from './services/outline';

/**
 * When the fixes of one version of a file make something native that the file makes or calls while it is loaded: where the process patches only after that,
 * it stays native (catalogue R1).
 */
export class Loading {
  private readonly moments = new Map<Change, LoadMoment | undefined>();
  private readonly places = new Map<Mark['use'], number | undefined>();
  private knownGroups: ReadonlyMap<string, readonly Mark['use'][]> | undefined;

  constructor(private readonly file: Pick<Analysis, 'view' | 'marks'>) {}

  /** The conditions of a fix, with the moment at which they must hold. */
  conditions(fix: Fix, use: Mark['use']): readonly Condition[] {
    if (!fix.conditions.some(({ kind }) => kind === 'patched')) return fix.conditions;
    const binds = this.moment(fix, use);
    return binds ? fix.conditions.map((condition) => (condition.kind === 'patched' ? { binds, ...condition } : condition)) : fix.conditions;
  }

  private moment(fix: Fix, use: Mark['use']): LoadMoment | undefined {
    const { change } = fix;
    if (!this.moments.has(change)) this.moments.set(change, this.first([use, ...(fix.reads ?? []), ...(this.groups.get(keyOf(change)) ?? [])], change));
    return this.moments.get(change);
  }

  private first(uses: readonly Mark['use'][], { edits, modules }: Change): LoadMoment | undefined {
    const texts = new Map(edits.map(({ start, end, newText }) => [`${start} ${end}`, newText]));
    const places = uses.flatMap((use) => {
      if (use.form !== 'name' && use.form !== 'member') return [];
      const place = this.placeOf(use);
      return place === undefined || isPatchedLater(use, dottedName(texts.get(`${use.start} ${use.end}`), modules)) ? [] : [place];
    });
    return places.length === 0 ? undefined : this.at(Math.min(...places));
  }

  private placeOf(use: Mark['use'] & { readonly node: Parameters<typeof loadingPlace>[0] }): number | undefined {
    if (!this.places.has(use)) this.places.set(use, loadingPlace(use.node, this.view));
    return this.places.get(use);
  }

  private at(offset: number): LoadMoment {
    const calls = this.file.marks.filter(({ use }) => use.form === 'name' && use.api === 'eventlet.monkey_patch' && use.call && use.start < offset);
    return { imports: importsAbove(placedImports(this.view.text, ''), offset), patches: calls.length };
  }

  /** The uses that change together: their changes begin with the same edit. */
  private get groups(): ReadonlyMap<string, readonly Mark['use'][]> {
    if (this.knownGroups) return this.knownGroups;
    const groups = new Map<string, Mark['use'][]>();
    for (const { use, proposals } of this.file.marks) {
      for (const proposal of proposals) {
        const key = 'change' in proposal ? keyOf(proposal.change) : '';
        if (key === '') continue;
        const group = groups.get(key);
        if (group) group.push(use);
        else groups.set(key, [use]);
      }
    }
    this.knownGroups = groups;
    return groups;
  }

  private get view(): FileView {
    return this.file.view;
  }
}

function keyOf({ edits: [first] }: Change): string {
  return first ? `${first.start} ${first.end} ${first.newText}` : '';
}
