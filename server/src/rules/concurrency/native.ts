import { eventlet } from '../../python/eventlet';
import { greenTarget } from '../kit/greenModules';
import type { Binding } from './names';
import { aliasOf, importOrder, nativeText } from './nativeText';
import { standInFor, standIns, type StandIn } from './standIns';

/** A module of stand-ins, and what a concurrency module takes from it and from the standard library instead of eventlet. */
export interface NativeModule {
  readonly text: string;
  /** Import statements that bind every name. */
  readonly imports: readonly string[];
  /** Canonical names that fail when they are called. */
  readonly missing: readonly string[];
}

/**
 * Native threads in the place of exactly those names that a project uses. `used` are canonical names, as they are reached through
 * the modules among the names or imported by themselves; `module` is the dotted name that the text will have.
 */
export function nativeModule(names: readonly Binding[], used: ReadonlySet<string>, module: string): NativeModule {
  const native = new Native(new Set([...used, ...names.map(([dotted]) => dotted)]));
  const bindings = names.map(([dotted, name]) => ({ name, source: native.sourceOf(dotted) }));
  return { text: native.text(), imports: importsOf(bindings, module), missing: native.missing() };
}

/** Where a name comes from: a definition of the stand-ins, or a module of the standard library or a name in one. */
type Source = { readonly kind: 'own'; readonly name: string } | { readonly kind: 'module'; readonly module: string } | { readonly kind: 'member'; readonly module: string; readonly member: string };

class Native {
  private readonly chosen = new Set<StandIn>();
  /** Definitions that are made of others: modules and what is missing; name → code. */
  private readonly composed = new Map<string, string>();
  private readonly failing = new Set<string>();
  private readonly plainImports = new Set<string>();

  constructor(private readonly used: ReadonlySet<string>) {}

  sourceOf(dotted: string): Source {
    const standIn = standInFor(dotted);
    if (standIn) {
      this.chosen.add(standIn);
      return { kind: 'own', name: standIn.provides.get(dotted) ?? '' };
    }
    if (eventlet.isModule(dotted)) return this.moduleSource(dotted);
    const parent = dotted.slice(0, dotted.lastIndexOf('.'));
    const target = greenTarget(parent);
    if (target && target.safety !== 'none') return { kind: 'member', module: target.module, member: dotted.slice(parent.length + 1) };
    return this.missingName(dotted);
  }

  text(): string {
    return nativeText({ chosen: this.chosen, composed: this.composed, imports: [...this.plainImports] });
  }

  missing(): readonly string[] {
    return [...this.failing].sort();
  }

  /** A module of eventlet, or the native one of a green module. */
  private moduleSource(dotted: string): Source {
    const target = greenTarget(dotted);
    const below = target ? standIns.flatMap(({ provides }) => [...provides.keys()]).filter((name) => name.startsWith(`${dotted}.`)) : [];
    if (target && target.safety === 'none') return this.missingName(dotted);
    if (target && below.length === 0) return { kind: 'module', module: target.module };

    const name = dotted.split('.').slice(dotted.startsWith('eventlet.green.') ? 1 : 0).join('_');
    if (this.composed.has(name)) return { kind: 'own', name };
    this.need('module');
    // A green module is the native one but for the names that have stand-ins, in it or in a module below it.
    const members = target ? [...new Set(below.map((member) => `${dotted}.${member.slice(dotted.length + 1).split('.')[0]}`))] : this.membersOf(dotted);
    const parts = members.map((member) => `${member.slice(member.lastIndexOf('.') + 1)}=${this.spelled(this.sourceOf(member))}`).sort();
    const base = target ? [this.spelled({ kind: 'module', module: target.module })] : [];
    this.composed.set(name, call(`${name} = _Module`, [`'${dotted}'`, ...base, ...parts]));
    return { kind: 'own', name };
  }

  /** What is used of a module of eventlet: its names, whatever their shortest spelling, and the modules below it. */
  private membersOf(module: string): readonly string[] {
    const members = new Map<string, string>();
    for (const dotted of this.used) {
      const last = dotted.slice(dotted.lastIndexOf('.') + 1);
      if (dotted !== module && eventlet.canonical(`${module}.${last}`) === dotted && this.isThere(dotted)) members.set(last, dotted);
      if (!dotted.startsWith(`${module}.`)) continue;
      const child = dotted.slice(module.length + 1).split('.')[0] ?? '';
      const isModule = eventlet.isModule(`${module}.${child}`) || eventlet.isModule(dotted.slice(0, dotted.lastIndexOf('.')));
      if (isModule && eventlet.isModule(`${module}.${child}`)) members.set(child, `${module}.${child}`);
    }
    return [...members.values()];
  }

  /** Whether there is something to put in: what is missing is answered by the module itself. */
  private isThere(dotted: string): boolean {
    if (standInFor(dotted) || eventlet.isModule(dotted)) return true;
    this.failing.add(dotted);
    return false;
  }

  private missingName(dotted: string): Source {
    this.failing.add(dotted);
    this.need('missing');
    const name = dotted.split('.').slice(1).join('_');
    const dot = dotted.lastIndexOf('.');
    this.composed.set(name, `${name} = _Missing('${dotted.slice(0, dot)}').${dotted.slice(dot + 1)}`);
    return { kind: 'own', name };
  }

  private need(id: string): void {
    const standIn = standIns.find((each) => each.id === id);
    if (standIn) this.chosen.add(standIn);
  }

  /** The expression for a source inside the text. */
  private spelled(source: Source): string {
    switch (source.kind) {
      case 'own':
        return source.name;
      case 'module': {
        const alias = aliasOf(source.module);
        this.plainImports.add(`import ${source.module} as ${alias}`);
        return alias;
      }
      case 'member': {
        const alias = aliasOf(source.module);
        this.plainImports.add(`import ${source.module} as ${alias}`);
        return `${alias}.${source.member}`;
      }
    }
  }
}

function importsOf(bindings: readonly { readonly name: string; readonly source: Source }[], native: string): readonly string[] {
  const own: string[] = [];
  const others: string[] = [];
  for (const { name, source } of bindings) {
    if (source.kind === 'own') own.push(renamed(source.name, name));
    else if (source.kind === 'member') others.push(`from ${source.module} import ${renamed(source.member, name)}`);
    else others.push(source.module === name ? `import ${name}` : fromParent(source.module, name));
  }
  const list = own.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).map((name) => `    ${name},`);
  return [...others.sort(importOrder), ...(list.length > 0 ? [`from ${native} import (\n${list.join('\n')}\n)`] : [])];
}

function fromParent(module: string, name: string): string {
  const dot = module.lastIndexOf('.');
  return dot < 0 ? `import ${module} as ${name}` : `from ${module.slice(0, dot)} import ${renamed(module.slice(dot + 1), name)}`;
}

function renamed(name: string, as: string): string {
  return name === as ? name : `${name} as ${as}`;
}

/** A call over as many lines as PEP 8's width asks for. */
function call(callee: string, args: readonly string[]): string {
  const whole = `${callee}(${args.join(', ')})`;
  return whole.length <= 79 ? whole : `${callee}(\n${args.map((arg) => `    ${arg},`).join('\n')}\n)`;
}
