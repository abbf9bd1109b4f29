import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { recall, remember } from './browser-store'
import { languages, type Language } from './texts'

/** Chinese first: whoever has not chosen reads Chinese. */
function preferred(): Language {
  const chosen = recall('language')
  return languages.find((language) => language === chosen) ?? 'zh-CN'
}

// Must run before any texts are defined: import it first.
void i18next.use(initReactI18next).init({
  lng: preferred(),
  fallbackLng: 'zh-CN',
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false },
  react: { useSuspense: false, bindI18nStore: 'added' },
})
document.documentElement.lang = i18next.language

export async function switchLanguage(language: Language): Promise<void> {
  remember('language', language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
