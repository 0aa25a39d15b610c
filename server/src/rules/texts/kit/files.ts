/** The last part of a path, in lower case. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/** What was true once and stays as it was written: release notes and change logs, and what a build wrote. */
export function isHistory(path: string): boolean {
  return /(^|\/)(releasenotes|newsfragments|changelog\.d)\/|\.(egg|dist)-info\//.test(path) || /^(change|history|news|release)[^/]*$/.test(nameOf(path));
}

/** Whether a path names a file that configures, starts, builds or tests something. */
export function isConfig(path: string): boolean {
  return configName.test(nameOf(path)) && !isHistory(path);
}

const configName =
  /^(dockerfile|containerfile|procfile|gnumakefile|makefile|justfile|\.env|\.?pylintrc|\.coveragerc|\.flake8)([._-].*)?$|\.(dockerfile|containerfile|ya?ml|toml|ini|cfg|conf|service|sh|bash|env)([.-](j2|in|sample|template))?$/;

/** Whether a file is written in TOML; of the others with sections, the form is that of `.ini` files. */
export function isToml(path: string): boolean {
  return /\.toml$/.test(nameOf(path)) || nameOf(path) === 'pipfile';
}

export function isYaml(path: string): boolean {
  return /\.ya?ml(\.|$)/.test(nameOf(path));
}
