import { Collapse, Typography } from 'antd'
import { useSession } from '../../api/session-queries'
import { PageHeader } from '../../components/page-header'
import { StatusTag } from '../../components/status-tag'
import { pick, useLanguage, useTexts, type Words } from '../../lib/texts'
import { books, grades, guides, keys, states } from './help-content'
import { helpTexts } from './help-texts'

/** One's own role first, then the words and keys everybody meets. */
export default function HelpPage() {
  const t = useTexts(helpTexts)
  const language = useLanguage()
  const { roles } = useSession()
  const own = guides.filter((guide) => roles.includes(guide.role))
  const steps = (guide: (typeof guides)[number]) => <ol className="hub-steps">{guide.steps.map((step) => <li key={step.en}>{pick(step, language)}</li>)}</ol>
  return (
    <>
      <PageHeader title={t('title')} about={t('about')} />
      <div className="hub-grid hub-two">
        <div className="hub-grid" style={{ alignContent: 'start' }}>
          {own.map((guide) => <section key={guide.role} className="hub-panel"><Title>{pick(guide.name, language)}<StatusTag tone="info">{t('yours')}</StatusTag></Title>{steps(guide)}</section>)}
          <section className="hub-panel"><Title>{own.length > 0 ? t('others') : t('allRoles')}</Title><Collapse ghost items={guides.filter((guide) => !own.includes(guide)).map((guide) => ({ key: guide.role, label: pick(guide.name, language), children: steps(guide) }))} /></section>
          <Terms title={t('books')} terms={books} />
        </div>
        <div className="hub-grid" style={{ alignContent: 'start' }}>
          <Terms title={t('states')} terms={states} />
          <Terms title={t('grades')} terms={grades} />
          <section className="hub-panel">
            <Title>{t('keys')}</Title>
            <dl className="hub-terms hub-keys">{keys.map((one) => <div key={one.does.en}><dt>{one.keys.split(' ').map((part) => <kbd key={part}>{part}</kbd>)}</dt><dd>{pick(one.does, language)}</dd></div>)}</dl>
          </section>
          <section className="hub-panel">
            <Title>{t('more')}</Title>
            <p><a href="/docs">{t('docs')}</a><br /><span className="hub-small">{t('docsAbout')}</span></p>
            <p><a href="/reference">{t('reference')}</a><br /><span className="hub-small">{t('referenceAbout')}</span></p>
            <p className="hub-small" style={{ marginBlockEnd: 0 }}>{t('contact')}</p>
          </section>
        </div>
      </div>
    </>
  )
}

function Title({ children }: { children: React.ReactNode }) {
  return <Typography.Title level={2} className="hub-subheading" style={{ marginBlockEnd: 12 }}>{children}</Typography.Title>
}

function Terms({ title, terms }: { title: string; terms: readonly { term: Words; means: Words }[] }) {
  const language = useLanguage()
  return <section className="hub-panel"><Title>{title}</Title><dl className="hub-terms">{terms.map((one) => <div key={one.term.en}><dt>{pick(one.term, language)}</dt><dd>{pick(one.means, language)}</dd></div>)}</dl></section>
}
