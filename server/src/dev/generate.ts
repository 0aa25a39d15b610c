import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRules } from '../rules/index';
import { projectSchema } from '../features/projectSchema';
import { commentPages, guidePage, ruleTable, sorted } from '../features/guide';

/**
 * `npm run generate`: writes everything that follows from the rules: guide pages, the settings of severities in `package.json`,
 * the schema of the project file, the table in the README. With `--check` it writes nothing and fails where a file is not what it should be.
 */
function main(root: string, isCheck: boolean): number {
  const wanted = new Map<string, string>();
  for (const rule of allRules) wanted.set(`media/guide/${rule.id}.md`, guidePage(rule));
  for (const [id, text] of Object.entries(commentPages)) wanted.set(`media/guide/${id}.md`, text);
  wanted.set('media/project-file.schema.json', `${JSON.stringify(projectSchema(), undefined, 2)}\n`);
  wanted.set('package.json', withSeverities(readFileSync(join(root, 'package.json'), 'utf8')));
  if (existsSync(join(root, 'README.md'))) wanted.set('README.md', withTable(readFileSync(join(root, 'README.md'), 'utf8')));

  const stale = [...wanted].filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text);
  const guide = join(root, 'media/guide');
  const left = existsSync(guide) ? readdirSync(guide).map((name) => `media/guide/${name}`).filter((path) => !wanted.has(path)) : [];
  if (isCheck) {
    for (const [path] of stale) process.stderr.write(`${path} is not up to date; run \`npm run generate\`\n`);
    for (const path of left) process.stderr.write(`${path} belongs to no rule; run \`npm run generate\`\n`);
    return stale.length + left.length > 0 ? 1 : 0;
  }
  mkdirSync(guide, { recursive: true });
  for (const [path, text] of stale) writeFileSync(join(root, path), text);
  for (const path of left) rmSync(join(root, path));
  process.stderr.write(`${stale.length} written, ${left.length} removed, ${wanted.size - stale.length} up to date\n`);
  return 0;
}

interface Manifest {
  contributes?: { configuration?: Section | Section[] };
}
interface Section {
  properties?: Record<string, { properties?: Record<string, unknown> }>;
}

/** One property a rule in the setting that gives severities, so that the editor completes their names. */
function withSeverities(text: string): string {
  // The shape is our own manifest's; what is missing is left out.
  const manifest = JSON.parse(text) as Manifest;
  const sections = [manifest.contributes?.configuration ?? []].flat();
  const setting = sections.map(({ properties }) => properties?.['eventletMigration.severity']).find((found) => found !== undefined);
  if (!setting) return text;
  setting.properties = Object.fromEntries(
    sorted(allRules).map((rule) => [
      rule.id,
      { enum: ['error', 'warning', 'information', 'hint', 'off'], default: rule.severity ?? 'warning', description: rule.guide.title },
    ]),
  );
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function withTable(readme: string): string {
  return readme.replace(/(<!-- rules -->\n)[\s\S]*?(<!-- \/rules -->)/, (_, start: string, end: string) => `${start}${ruleTable(allRules)}\n${end}`);
}

process.exitCode = main(process.cwd(), process.argv.includes('--check'));
