/**
 * What a condition comes to when a service runs as usual: on a system that is not Windows, without a debugger, with none of the
 * environment variables and command line switches set that the condition asks for. undefined where that does not decide it.
 *
 * Most of what guards a `monkey_patch` is of this kind (catalogue I06, and `nova`, `neutron`, `cinder`, `mistral` of 2024): what
 * patches unless somebody says otherwise is taken to patch, and whoever relies on it is shown the condition.
 */
export function usually(condition: string): boolean | undefined {
  if (!unusual.test(condition) || /\band\b|\bor\b/.test(condition) || hasDefault.test(condition)) return undefined;
  const negations = condition.match(/\bnot\b|!=/g)?.length ?? 0;
  return negations % 2 === 1;
}

const unusual = /\benviron\b|\bgetenv\b|\bargv\b|debug|\bos\.name\b|\bsys\.platform\b|\bplatform\.system\b/i;

/** `environ.get('PATCH', 'true')`: what holds without the variable is the default. */
const hasDefault = /(?:environ\.get|getenv)\(\s*(['"])\w+\1\s*,(?!\s*(?:None\b|False\b|0\b|''|""))/;
