// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { csvRows, headersOf, plainHeader, readHeaders } from './file-headers'

const nothing = () => false

describe('the headings of a file', () => {
  it('are those of the row that names most columns, below titles', () => {
    const rows = csvRows('2026年11月降本情况,,\n制表单位:某公司,,\n场景编号,报告期,降本额(万元)\nS-1,2026-11,12.5\n')
    expect(headersOf(rows, (header) => header === '场景编号')).toEqual([{ header: '场景编号', sample: 'S-1' }, { header: '报告期', sample: '2026-11' }, { header: '降本额(万元)', sample: '12.5' }])
  })

  it('are not a row of numbers or dates, however wide', () => {
    expect(headersOf([['代号', '月', '额'], ['1', '2026-11', '12.50']], nothing).map((column) => column.header)).toEqual(['代号', '月', '额'])
  })

  it('keep their first value even when the row right below has none', () => {
    expect(headersOf([['a', 'b'], ['1', ''], ['2', 'x']], nothing)).toEqual([{ header: 'a', sample: '1' }, { header: 'b', sample: 'x' }])
  })

  it('are none where fewer than two cells stand', async () => {
    expect(headersOf([['只有标题'], ['一句话']], nothing)).toEqual([])
    expect(await readHeaders(new Blob(['']), nothing)).toEqual([])
  })

  it('are compared without blanks, width, case and marks', () => {
    expect(plainHeader('* 降本额·（万元）')).toBe(plainHeader('降本额(万元)'))
    expect(plainHeader('Scn_Code')).toBe('scncode')
  })
})

describe('a delimited text', () => {
  it('keeps delimiters, quotes and line breaks inside quotes', () => {
    expect(csvRows('a;b\n"x;1";"he said ""no""\nand went"\n')).toEqual([['a', 'b'], ['x;1', 'he said "no"\nand went']])
  })

  it('is cut by what stands most often in its first line', () => {
    expect(csvRows('a\tb,c\td\n1\t2\t3')).toEqual([['a', 'b,c', 'd'], ['1', '2', '3']])
  })
})

describe('a file of any kind', () => {
  it('is read as UTF-8 with its mark, and as GB18030 when it is no UTF-8', async () => {
    expect(await readHeaders(new Blob(['\uFEFF代号,月\n1,2']), nothing)).toEqual([{ header: '代号', sample: '1' }, { header: '月', sample: '2' }])
    expect((await readHeaders(new Blob([new Uint8Array([0xb4, 0xfa, 0xba, 0xc5, 0x2c, 0xd4, 0xc2, 0x0a, 0x31, 0x2c, 0x32])]), nothing)).map((column) => column.header)).toEqual(['代号', '月'])
  })

  it('is a list of entries or one entry a line, whose properties are named by pointer', async () => {
    const expected = [{ header: '/code', sample: 'S-1' }, { header: '/period', sample: '2026-11' }, { header: '/figures/0/value', sample: '3' }]
    const entry = '{"code":"S-1","period":"2026-11","figures":[{"value":3}]}'
    expect(await readHeaders(new Blob([`[${entry}]`]), nothing)).toEqual(expected)
    expect(await readHeaders(new Blob([`${entry}\n${entry}\n`]), nothing)).toEqual(expected)
  })

  it('that holds both kinds shows the sheets of the one it is imported as', async () => {
    const figures = (header: string) => ['场景编号', '报告期'].includes(header)
    expect(await readHeaders(new Blob(['场景编号,报告期,甲\nS-1,2026-11,3']), (header) => header === '场景编号', figures)).toEqual([])
    expect(await readHeaders(new Blob(['场景编号,报告期,甲\nS-1,2026-11,3']), figures, (header) => header === '场景编号')).toHaveLength(3)
  })

  it('that cannot be looked into has no headings and is no failure', async () => {
    expect(await readHeaders(new Blob(['PK\u0003\u0004 and then nothing']), nothing)).toEqual([])
    expect(await readHeaders(new Blob(['{"cut": "sho']), nothing)).toEqual([])
  })
})
