// The headings of a file and a value below each, read in the browser from its beginning, so that columns can be mapped before anything is sent. A help for the eye:
// what a file holds is decided by the server alone, and a file that cannot be looked into here is sent all the same.

export type FoundColumn = { header: string; sample: string }
type Row = readonly string[]

const FirstRows = 30
const FirstBytes = 512 * 1024

/**
 * Empty when the file cannot be looked into. `known` says whether a heading is one the server knows by itself, `elsewhere` whether it is one of the other kind of file:
 * of a workbook that holds both, the sheets of the other kind are left out, and what is no table where there is one.
 */
export async function readHeaders(file: Blob, known: (header: string) => boolean, elsewhere: (header: string) => boolean = () => false): Promise<FoundColumn[]> {
  const sheets = (await readSheets(file).catch(() => [])).map((rows) => headersOf(rows, known)).map((columns) => ({ columns, own: columns.filter(({ header }) => known(header)).length, other: columns.filter(({ header }) => elsewhere(header)).length }))
  const candidates = sheets.filter((sheet) => sheet.own >= sheet.other)
  const named = candidates.filter((sheet) => sheet.own > 1)
  const columns = new Map<string, FoundColumn>()
  for (const sheet of named.length > 0 ? named : candidates) for (const column of sheet.columns) if (!columns.has(column.header)) columns.set(column.header, column)
  return [...columns.values()]
}

/** The row that names most columns; titles may stand above it. A sheet without one has none. */
export function headersOf(rows: readonly Row[], known: (header: string) => boolean): FoundColumn[] {
  const score = (row: Row) => row.reduce((sum, text) => sum + (text === '' ? 0 : known(text) ? 10 : /^[-\d.,%¥]+$/.test(text) ? 0 : 1), 0)
  const best = rows.reduce((found, row, index) => score(row) > score(rows[found] ?? []) ? index : found, 0)
  const header = rows[best] ?? []
  if (header.filter((text) => text !== '').length < 2) return []
  return header.flatMap((text, index) => text === '' ? [] : [{ header: text, sample: rows.slice(best + 1).find((row) => row[index])?.[index] ?? '' }])
}

/** Compared as the server compares headings: without blanks, case and marks; also without a unit in brackets behind. */
export function plainHeader(header: string): string {
  return header.normalize('NFKC').replace(/[\s·:_/.,、"“”'*★△-]/gu, '').toLowerCase()
}

async function readSheets(file: Blob): Promise<Row[][]> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  if (start[0] === 0x50 && start[1] === 0x4b) return workbook(file)
  const packed = start[0] === 0x1f && start[1] === 0x8b
  const text = decode(await firstBytes(packed ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.slice(0, FirstBytes).stream(), FirstBytes))
  return [/^\s*[[{]/.test(text) ? jsonRows(text) : csvRows(text)]
}

function decode(bytes: Uint8Array): string {
  try {
    // The last character may be cut in two.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }).replace(/^\uFEFF/, '')
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

async function firstBytes(stream: ReadableStream<Uint8Array<ArrayBuffer>>, most: number): Promise<Uint8Array> {
  const reader = stream.getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (let part = await reader.read(); !part.done && size < most; part = await reader.read()) {
    parts.push(part.value)
    size += part.value.length
  }
  await reader.cancel().catch(() => undefined)
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

export function csvRows(text: string): Row[] {
  const first = text.split('\n', 1)[0] ?? ''
  const delimiter = [',', ';', '\t', '|'].reduce((best, mark) => first.split(mark).length > first.split(best).length ? mark : best, ',')
  const rows: string[][] = []
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false]
  for (let at = 0; at < text.length && rows.length < FirstRows; at++) {
    const letter = text.charAt(at)
    if (quoted && letter === '"' && text[at + 1] === '"') { cell += '"'; at++ }
    else if (letter === '"' && (quoted || cell === '')) quoted = !quoted
    else if (!quoted && letter === delimiter) { row.push(cell.trim()); cell = '' }
    else if (!quoted && letter === '\n') { rows.push([...row, cell.trim()]); row = []; cell = '' }
    else cell += letter
  }
  if (rows.length < FirstRows && (cell !== '' || row.length > 0)) rows.push([...row, cell.trim()])
  return rows
}

/** The properties of the first entry, as the server names them: by pointer. */
function jsonRows(text: string): Row[] {
  const entry: unknown = text.trimStart().startsWith('[') ? (JSON.parse(text) as unknown[])[0] : firstObject(text)
  const places: [string, string][] = []
  const walk = (value: unknown, at: string) => {
    if (typeof value === 'object' && value !== null) for (const [name, inner] of Object.entries(value)) walk(inner, `${at}/${name}`)
    else places.push([at, value === null ? '' : JSON.stringify(value).replace(/^"|"$/g, '')])
  }
  walk(entry, '')
  return [places.map(([place]) => place), places.map(([, value]) => value)]
}

function firstObject(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return JSON.parse(text.trimStart().split('\n', 1)[0] ?? '')
  }
}

type Entry = { name: string; deflated: boolean; packed: number; at: number }

async function workbook(file: Blob): Promise<Row[][]> {
  const entries = await directory(file)
  const part = (name: string) => partOf(file, entries.find((entry) => entry.name === name))
  const [book, relations, texts] = await Promise.all([part('xl/workbook.xml'), part('xl/_rels/workbook.xml.rels'), part('xl/sharedStrings.xml')])
  const shared = pieces(texts, 'si').map(textOf)
  const targets = new Map(tags(relations, 'Relationship').map((tag) => [attribute(tag, 'Id'), attribute(tag, 'Target')]))
  const sheets = tags(book, 'sheet').filter((sheet) => ['', 'visible'].includes(attribute(sheet, 'state')))
  return Promise.all(sheets.map(async (sheet) => {
    const target = targets.get(attribute(sheet, 'id')) ?? ''
    const rows = pieces(await part(target.startsWith('/') ? target.slice(1) : `xl/${target}`), 'row').slice(0, FirstRows)
    return rows.map((row) => cellsOf(row, shared))
  }))
}

/** Zip: the list of parts stands at the end of the file. */
async function directory(file: Blob): Promise<Entry[]> {
  const tail = new DataView(await file.slice(Math.max(0, file.size - 66_000)).arrayBuffer())
  let end = tail.byteLength - 22
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0) return []
  const list = new DataView(await file.slice(tail.getUint32(end + 16, true), tail.getUint32(end + 16, true) + tail.getUint32(end + 12, true)).arrayBuffer())
  const entries: Entry[] = []
  for (let at = 0; at + 46 <= list.byteLength && list.getUint32(at, true) === 0x02014b50;) {
    const name = list.getUint16(at + 28, true)
    entries.push({ name: new TextDecoder().decode(new Uint8Array(list.buffer, at + 46, name)), deflated: list.getUint16(at + 10, true) === 8, packed: list.getUint32(at + 20, true), at: list.getUint32(at + 42, true) })
    at += 46 + name + list.getUint16(at + 30, true) + list.getUint16(at + 32, true)
  }
  return entries
}

async function partOf(file: Blob, entry: Entry | undefined): Promise<string> {
  if (!entry) return ''
  const head = new DataView(await file.slice(entry.at, entry.at + 30).arrayBuffer())
  const from = entry.at + 30 + head.getUint16(26, true) + head.getUint16(28, true)
  const raw = file.slice(from, from + entry.packed).stream()
  return new TextDecoder().decode(await firstBytes(entry.deflated ? raw.pipeThrough(new DecompressionStream('deflate-raw')) : raw, 4 * FirstBytes))
    .replace(/<(\/?)\w+:/g, '<$1').replace(/\s[\w-]+:([\w-]+)=/g, ' $1=')
}

// By pattern and not by a parser: the text may be cut short, and a browser's XML parser answers that with a page of its own, whose styles the policy forbids.

/** Whole elements that do not hold one of their own kind. */
function pieces(xml: string, name: string): string[] {
  return xml.match(new RegExp(`<${name}(?:\\s[^>]*)?(?<!/)>[\\s\\S]*?</${name}>`, 'g')) ?? []
}

function tags(xml: string, name: string): string[] {
  return xml.match(new RegExp(`<${name}\\s[^>]*>`, 'g')) ?? []
}

function attribute(element: string, name: string): string {
  return plain(new RegExp(`^<[^>]*?\\s${name}="([^"]*)"`).exec(element)?.[1] ?? '')
}

function contentOf(element: string): string {
  return plain(element.slice(element.indexOf('>') + 1, element.lastIndexOf('<')))
}

function plain(xml: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
  return xml.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex: string | undefined, number: string | undefined, name: string | undefined) =>
    name ? named[name] ?? whole : String.fromCodePoint(Math.min(hex ? parseInt(hex, 16) : Number(number), 0x10ffff))).replace(/_x([\dA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
}

/** Without the readings that stand beside Chinese characters. */
function textOf(element: string): string {
  return pieces(element.replace(/<rPh[\s\S]*?<\/rPh>/g, ''), 't').map(contentOf).join('').trim()
}

function cellsOf(row: string, shared: readonly string[]): Row {
  const cells: string[] = []
  for (const cell of pieces(row, 'c')) {
    const column = attribute(cell, 'r').replace(/\d+/g, '').split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
    const value = pieces(cell, 'v').map(contentOf)[0] ?? ''
    const type = attribute(cell, 't')
    cells[column < 0 ? cells.length : column] = type === 's' ? (shared[Number(value)] ?? '') : type === 'inlineStr' ? textOf(cell) : value
  }
  return Array.from(cells, (text: string | undefined) => text ?? '')
}
