import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json';
import germanTitles from '../../package.nls.de.json';
import frenchTitles from '../../package.nls.fr.json';
import english from '../../package.nls.json';
import german from '../../l10n/bundle.l10n.de.json';
import french from '../../l10n/bundle.l10n.fr.json';
import { schemaAddress } from '../../server/src/features/projectSchema';
import { defaultSettings } from '../../server/src/protocol';

const { contributes } = manifest;
const languages = { German: { manifest: germanTitles, code: german }, French: { manifest: frenchTitles, code: french } };
const root = join(import.meta.dirname, '..', '..');
const sources = typescriptBelow(join(root, 'client', 'src')).map((file) => readFileSync(file, 'utf8'));

describe('what package.json promises', () => {
  test('every command has its code, and every code its command', () => {
    const table = readFileSync(join(root, 'client', 'src', 'commands', 'index.ts'), 'utf8');
    const registered = [...table.matchAll(/^ {2}'(eventletMigration\.\w+)':/gm)].map(([, name]) => name);
    expect(registered.sort()).toEqual(contributes.commands.map(({ command }) => command).sort());
  });

  test('menus and keys call commands that exist', () => {
    const inCode = sources.flatMap((source) => [...source.matchAll(/commands\.registerCommand\('([\w.]+)'/g)].map(([, name]) => name ?? ''));
    const known = new Set([...contributes.commands.map(({ command }) => command), ...inCode]);
    const called = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(({ command }) => command);
    expect(called.filter((command) => !known.has(command))).toEqual([]);
  });

  test('the walkthrough has four to six steps, each with a picture that follows the theme and a command that exists', () => {
    const table = readFileSync(join(root, 'client', 'src', 'commands', 'index.ts'), 'utf8');
    for (const { steps } of contributes.walkthroughs) {
      for (const other of ['workspaceFolderCount != 0', 'workspaceFolderCount == 0']) {
        const shown = steps.filter((step) => !('when' in step) || step.when !== other);
        expect(shown.length).toBeGreaterThanOrEqual(4);
        expect(shown.length).toBeLessThanOrEqual(6);
      }
      for (const { description: key, media } of steps) {
        expect(readFileSync(join(root, media.svg), 'utf8')).toContain('var(--vscode-foreground');
        expect(readFileSync(join(root, '.vscodeignore'), 'utf8')).toContain(`!${media.svg.slice(0, media.svg.lastIndexOf('/'))}/**`);
        const description = (english as Record<string, string>)[key.replaceAll('%', '')] ?? '';
        const called = [...description.matchAll(/\(command:(eventletMigration\.[\w.]+)/g)].map(([, name]) => name ?? '');
        expect(called.filter((name) => !name.endsWith('.focus') && !table.includes(`'${name}'`))).toEqual([]);
      }
    }
  });

  test('every view has words for when it is empty, but for the one that never is', () => {
    const welcomed = new Set(contributes.viewsWelcome.map(({ view }) => view));
    expect(contributes.views.eventletMigration.map(({ id }) => id).filter((id) => !welcomed.has(id))).toEqual(['eventletMigration.guidance']);
  });

  test('our project file has the schema that is generated', () => {
    expect(contributes.tomlValidation).toEqual([{ fileMatch: '.eventlet-migration.toml', url: schemaAddress }]);
    expect(existsSync(join(root, 'media', 'project-file.schema.json'))).toBe(true);
  });

  test('settings have the defaults of the server, but for those that it never sees', () => {
    const properties = Object.entries(contributes.configuration.properties).filter(([name]) => !name.startsWith('eventletMigration.test.'));
    expect(Object.fromEntries(properties.map(([name, { default: value }]) => [name.replace('eventletMigration.', ''), value]))).toEqual(defaultSettings);
  });

  test('what runs programs is not taken from a workspace that nobody trusts', () => {
    const running = Object.keys(contributes.configuration.properties).filter((name) => name.startsWith('eventletMigration.test.'));
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(running);
  });

  test('there are at most twenty commands and twenty settings', () => {
    expect(contributes.commands.length).toBeLessThanOrEqual(20);
    expect(Object.keys(contributes.configuration.properties).length).toBeLessThanOrEqual(20);
  });

  test('icons, pages and grammars are there', () => {
    const paths = [manifest.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon), ...contributes.grammars.map(({ path }) => path)];
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('habits', () => {
  test('what a button in a row does is in the row’s menu, too, which keys can open', () => {
    const items = contributes.menus['view/item/context'];
    const inMenu = new Set(items.filter(({ group }) => !group.startsWith('inline')).map(({ command }) => command));
    expect(items.filter(({ group, command }) => group.startsWith('inline') && !inMenu.has(command))).toEqual([]);
  });

  test('every row of a tree says what a screen reader reads', () => {
    const makers = sources.flatMap((source) => source.split(/^(?=(?:export )?(?:async )?function )/m)).filter((part) => part.includes('new TreeItem('));
    expect(makers.length).toBeGreaterThan(8);
    expect(makers.filter((part) => !part.includes('accessibilityInformation')).map((part) => part.slice(0, part.indexOf('\n')))).toEqual([]);
  });

  test('nothing pops up but after a command', () => {
    const client = typescriptBelow(join(root, 'client', 'src')).filter((file) => /show(?:Information|Warning|Error)Message\(/.test(readFileSync(file, 'utf8')));
    expect(client.filter((file) => !/\/client\/src\/(?:commands|nextStep)\//.test(file.replaceAll('\\', '/')))).toEqual([]);
    const server = typescriptBelow(join(root, 'server', 'src', 'lsp')).filter((file) => /show(?:Information|Warning|Error)Message\(/.test(readFileSync(file, 'utf8')));
    // It carries out the command that converts a call chain.
    expect(server.map((file) => file.slice(file.lastIndexOf('callChain')))).toEqual(['callChain.ts']);
  });
});

describe('translations', () => {
  test('every text of package.json is in package.nls.json, and nothing else is', () => {
    const used = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    expect([...new Set(used)].sort()).toEqual(Object.keys(english).sort());
  });

  describe.each(Object.entries(languages))('%s', (_, { manifest: titles, code }) => {
    test('has every text of package.nls.json', () => {
      expect(Object.keys(titles).sort()).toEqual(Object.keys(english).sort());
    });

    test('has every text of the code, and nothing else', () => {
      const texts = sources.flatMap((source) => [...source.matchAll(/l10n\.t\('((?:[^'\\]|\\.)*)'/g)].map(([, text]) => text));
      expect(Object.keys(code).sort()).toEqual([...new Set(texts)].sort());
    });
  });

  test.each(Object.entries(languages))('%s loses no placeholder, link or code', (_, { manifest: titles, code }) => {
    const placeholders = (text: string) => [...text.matchAll(/\{\w+\}|\]\([^)]*\)|`[^`]+`/g)].map(([it]) => it).sort();
    const originals = new Map(Object.entries(english));
    const pairs = [...Object.entries(code), ...Object.entries(titles).map(([key, translation]) => [originals.get(key) ?? translation, translation] as const)];
    for (const [text, translation] of pairs) expect(placeholders(translation), text).toEqual(placeholders(text));
  });
});

function typescriptBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}
