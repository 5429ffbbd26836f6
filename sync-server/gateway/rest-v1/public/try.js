/** Draws the API from its description, and sends what is filled in. Text goes in as text, never as markup. */
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const token = document.getElementById('token');
const main = document.getElementById('operations');

function exampleOf(schema, components, depth = 0) {
  if (schema.$ref !== undefined)
    return exampleOf(components[schema.$ref.split('/').at(-1)] ?? {}, components, depth);
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  const [choice] = schema.anyOf ?? [];
  if (choice !== undefined) return exampleOf(choice, components, depth);
  if (schema.type === 'object' && depth < 4) {
    const wanted = schema.required ?? [];
    const names = Object.keys(schema.properties ?? {}).filter((name) => wanted.includes(name));
    return Object.fromEntries(
      names.map((name) => [name, exampleOf(schema.properties[name], components, depth + 1)]),
    );
  }
  if (schema.type === 'array') return [];
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'boolean') return false;
  return '';
}

async function send(method, path, fields, body) {
  let address = `/api/v1${path}`;
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (parameter.in === 'path')
      address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (input.value !== '') query.set(parameter.name, input.value);
  }
  const began = performance.now();
  const response = await fetch(`${address}${query.size > 0 ? `?${query}` : ''}`, {
    method,
    headers: {
      ...(token.value === '' ? {} : { authorization: `Bearer ${token.value}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body,
  });
  const text = await response.text();
  const took = Math.round(performance.now() - began);
  let shown = text;
  if (response.headers.get('content-type')?.includes('json'))
    shown = JSON.stringify(JSON.parse(text), null, 2);
  return `${response.status} ${response.statusText} · ${took} ms\n\n${shown}`;
}

function draw(method, path, operation, components) {
  const fields = operation.parameters.map((parameter) => ({ parameter, input: make('input') }));
  const schema = operation.requestBody?.content['application/json'].schema;
  const body = schema && make('textarea', { value: JSON.stringify(exampleOf(schema, components), null, 2) });
  const answer = make('pre', { tabIndex: 0, hidden: true });
  const button = make('button', { type: 'button', textContent: 'Send' });
  button.addEventListener('click', async () => {
    answer.hidden = false;
    answer.textContent = '…';
    answer.textContent = await send(method, path, fields, body?.value).catch(String);
  });
  return make(
    'details',
    {},
    make('summary', {}, make('code', { textContent: `${method} ${path}` }), ` ${operation.summary}`),
    ...fields.map(({ parameter, input }) => make('label', {}, `${parameter.name} (${parameter.in})`, input)),
    ...(body === undefined ? [] : [make('label', {}, 'Body', body)]),
    button,
    answer,
  );
}

const api = await (await fetch('/api/v1/openapi.json')).json();
const byTag = new Map();
for (const [path, methods] of Object.entries(api.paths))
  for (const [method, operation] of Object.entries(methods)) {
    const [tag] = operation.tags;
    if (!byTag.has(tag)) byTag.set(tag, make('section', {}, make('h2', { textContent: tag })));
    byTag.get(tag).append(draw(method.toUpperCase(), path, operation, api.components.schemas));
  }
main.replaceChildren(...byTag.values());
