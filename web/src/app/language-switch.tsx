import { Segmented } from 'antd'
import { queryClient } from '../api/query-client'
import { switchLanguage } from '../lib/i18n'
import { type Language, useLanguage, useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'

export function LanguageSwitch() {
  const t = useTexts(shellTexts)
  // The API answers in the language of the request: what was read is asked for again, what nobody looks at is forgotten.
  const change = async (language: Language) => {
    await switchLanguage(language)
    queryClient.removeQueries({ type: 'inactive' })
    await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
  }
  return <Segmented size="small" aria-label={t('language')} value={useLanguage()} onChange={(language: Language) => void change(language)} options={[{ value: 'zh-CN', label: '中文' }, { value: 'en-US', label: 'EN' }]} />
}
