// Types of the API and the list of its permissions, out of openapi.json. Runs before every build; nothing of it is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const out = new URL('../src/api/generated/', import.meta.url)
const description = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'))
const decimal = ts.factory.createTypeReferenceNode('Decimal')
const none = ts.factory.createLiteralTypeNode(ts.factory.createNull())

// An answer always holds all of its members, null or not; what is also sent may leave some out.
const sent = new Set()
const reach = (node) => {
  if (Array.isArray(node)) node.forEach(reach)
  else if (node && typeof node === 'object') {
    const name = node.$ref?.split('/').at(-1)
    if (name && !sent.has(name)) { sent.add(name); reach(description.components.schemas[name]) }
    Object.values(node).forEach(reach)
  }
}
for (const operation of Object.values(description.paths).flatMap((path) => Object.values(path))) reach(operation.requestBody)
for (const [name, schema] of Object.entries(description.components.schemas)) if (schema.properties && !sent.has(name)) schema.required = Object.keys(schema.properties)

// Pages read lists as JSON; as a file (csv, xlsx, ndjson) a list is a link, not a call.
for (const operation of Object.values(description.paths).flatMap((path) => Object.values(path))) {
  for (const response of Object.values(operation.responses)) if (response.content?.['application/json']) response.content = { 'application/json': response.content['application/json'] }
}

// A decimal may hold more digits than a double: it has a type of its own, so that nobody does arithmetic with it by accident.
const types = await openapiTS(structuredClone(description), {
  transform: (schema) => schema.format === 'double' ? ([schema.type].flat().includes('null') ? ts.factory.createUnionTypeNode([decimal, none]) : decimal) : undefined,
})
// The jobs' panel is no route of the API, and asks for a permission all the same.
const permissions = [...new Set(['job.read', ...Object.values(description.paths).flatMap((path) => Object.values(path)).flatMap((operation) => /Permission: `([^`]+)`/.exec(operation.description ?? '')?.[1] ?? [])])].sort()

mkdirSync(out, { recursive: true })
writeFileSync(new URL('schema.ts', out), `import type { Decimal } from '../../lib/decimal'\n\n${astToString(types)}`)
writeFileSync(new URL('permission.ts', out), `export type Permission =\n${permissions.map((name) => `  | '${name}'`).join('\n')}\n`)
