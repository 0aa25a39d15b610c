import { projectKeys, type ProjectKey, type Shape } from '../workspace/project/keys';

/** The JSON schema of `.eventlet-migration.toml`, and of the tool's table in a `pyproject.toml`, for editors and checkers that read one. */
export function projectSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: schemaAddress,
    title: 'Project file of Eventlet Migration',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries<ProjectKey>(projectKeys).map(([name, { about, shape }]) => [name, { description: about, ...schemaOf(shape) }])),
  };
}

/** Where the generated file can be had. */
export const schemaAddress = 'https://raw.githubusercontent.com/eventlet-migration/eventlet-migration/main/media/project-file.schema.json';

function schemaOf(shape: Shape): object {
  switch (shape.kind) {
    case 'choice':
      return { type: 'string', enum: Object.keys(shape.choices) };
    case 'text':
      return { type: 'string', pattern: shape.form.source };
    case 'list':
      return { type: 'array', items: schemaOf(shape.of) };
    case 'table':
      return { type: 'object', additionalProperties: false, properties: Object.fromEntries(Object.entries(shape.keys()).map(([name, description]) => [name, { description, ...schemaOf(shape.of) }])) };
  }
}
