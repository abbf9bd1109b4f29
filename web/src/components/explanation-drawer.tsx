import { Alert, Button, Descriptions, Drawer, Flex, Table, Typography } from 'antd'
import { Link } from 'react-router'
import { useCodeName } from '../api/catalog-queries'
import { useExplanation, type Explanation, type RollupCell } from '../api/rollup-queries'
import { formatCount, formatInstant, formatPeriod } from '../lib/format'
import { useLanguage, useTexts } from '../lib/texts'
import { Amount } from './amount'
import { componentTexts, wordKey } from './component-texts'
import { CoverageBar } from './coverage-bar'
import { GradeBar } from './grade-bar'
import { PageState } from './page-state'
import { ScrollTable } from './scroll-table'

/** What is behind a cell: formula, parts, the entries that add up to it, what the reader may not see, what is missing. */
export function ExplanationDrawer({ handle, title, cell, onClose }: { handle: string | null; title: string; cell?: RollupCell; onClose: () => void }) {
  const t = useTexts(componentTexts)
  const query = useExplanation(handle)
  return (
    <Drawer open={handle !== null} onClose={onClose} size={Math.min(1040, window.innerWidth)} title={`${t('explanation')} · ${title}`} destroyOnHidden>
      <PageState query={query}>
        {({ pages }) => pages[0] ? (
          <Flex vertical gap={20}>
            <Head first={pages[0]} cell={cell} />
            <Parts first={pages[0]} />
            <section>
              <Typography.Title level={3} className="hub-subheading" style={{ marginBlockEnd: 12 }}>{t('entries')} <span className="hub-small">{t('entryCount', { count: pages[0].entryCount })}</span></Typography.Title>
              <Entries entries={pages.flatMap((page) => page.entries)} unitOf={(measure) => pages[0]?.parts.find((part) => part.measure === measure)?.unit ?? pages[0]?.unit ?? ''} />
              {query.hasNextPage ? <Button block loading={query.isFetchingNextPage} style={{ marginBlockStart: 12 }} onClick={() => void query.fetchNextPage()}>{t('more')}</Button> : null}
              {pages[0].hidden ? <Alert type="info" showIcon style={{ marginBlockStart: 12 }} title={t('hidden', { count: pages[0].hidden.entries })} description={t('hiddenHint')} /> : null}
            </section>
          </Flex>
        ) : null}
      </PageState>
    </Drawer>
  )
}

function Head({ first, cell }: { first: Explanation; cell: RollupCell | undefined }) {
  const t = useTexts(componentTexts)
  const language = useLanguage()
  return (
    <section>
      <Flex align="baseline" gap={12} wrap><span className="hub-figure-value"><Amount value={first.value} unit={first.unit} /></span>{first.demoData ? <Typography.Text type="warning">{first.demoData}</Typography.Text> : null}</Flex>
      <Flex vertical gap={8} style={{ marginBlockStart: 10 }}>{cell?.grades ? <GradeBar grades={cell.grades} /> : null}{cell?.coverage ? <CoverageBar coverage={cell.coverage} /> : null}</Flex>
      <Descriptions size="small" column={{ xs: 1, sm: 2 }} style={{ marginBlockStart: 16 }} items={[
        { key: 'measure', label: t('measure'), children: first.label },
        { key: 'book', label: t('book'), children: first.book === 'filed' ? t('filed') : t('approved') },
        { key: 'months', label: t('months'), children: first.from === first.to ? formatPeriod(first.from, language) : `${formatPeriod(first.from, language)} – ${formatPeriod(first.to, language)}` },
        { key: 'tree', label: t('tree'), children: first.tree === 'filed' ? t('treeFiled') : t('restated') },
        { key: 'formula', label: t('formula'), children: first.formula },
        { key: 'through', label: t('through'), children: formatCount(first.throughEntry) },
      ]} />
    </section>
  )
}

function Parts({ first }: { first: Explanation }) {
  const t = useTexts(componentTexts)
  const language = useLanguage()
  if (first.parts.length < 2) return null
  const role = (name: string) => name === 'numerator' ? t('numerator') : name === 'denominator' ? t('denominatorRole') : t('sum')
  return (
    <section>
      <Typography.Title level={3} className="hub-subheading">{t('parts')}</Typography.Title>
      <Table size="small" pagination={false} rowKey={(part) => `${part.role}.${part.measure}.${part.from}`} dataSource={first.parts} columns={[
        { title: t('role'), dataIndex: 'role', render: (_, part) => `${role(part.role)} ${part.factor < 0 ? '−' : '+'}` },
        { title: t('measure'), dataIndex: 'label' },
        { title: t('months'), key: 'months', render: (_, part) => `${formatPeriod(part.from, language)} – ${formatPeriod(part.to, language)}` },
        { title: t('quantity'), key: 'quantity', align: 'right', render: (_, part) => <Amount value={part.quantity} unit={part.unit} /> },
      ]} />
    </section>
  )
}

function Entries({ entries, unitOf }: { entries: Explanation['entries']; unitOf: (measure: string) => string }) {
  const t = useTexts(componentTexts)
  const language = useLanguage()
  const name = useCodeName()
  const word = (kind: 'cause' | 'state', code: string) => { const key = wordKey(kind, code); return key ? t(key) : '' }
  return (
    <ScrollTable label={t('entries')} size="small" pagination={false} rowKey="entryNo" dataSource={entries} scroll={{ x: 960 }} columns={[
      { title: t('period'), dataIndex: 'period', width: 100 },
      { title: t('organization'), dataIndex: 'organizationName', width: 200, ellipsis: true },
      { title: t('scenario'), key: 'scenario', width: 240, ellipsis: true, render: (_, entry) => <Link to={`/scenarios/${entry.scenarioId}`}>{entry.scenarioCode} {entry.scenarioName}</Link> },
      { title: t('grade'), key: 'grade', width: 110, render: (_, entry) => entry.state === 'reported' ? name('grade', entry.grade) : word('state', entry.state) || name('figureState', entry.state) },
      { title: t('quantity'), key: 'quantity', width: 150, align: 'right', render: (_, entry) => entry.state === 'reported' || entry.state === 'zero' ? <Amount value={entry.quantity} unit={unitOf(entry.measure)} /> : '–' },
      { title: t('cause'), dataIndex: 'cause', width: 120, render: (cause: string) => word('cause', cause) || cause },
      { title: t('posted'), dataIndex: 'postedAt', width: 176, render: (at: string) => formatInstant(at, language) },
    ]} />
  )
}
