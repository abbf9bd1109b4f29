import i18next from 'i18next'
import { useTranslation } from 'react-i18next'

export const languages = ['zh-CN', 'en-US'] as const
export type Language = (typeof languages)[number]

/** A name in both languages, where a whole table of texts would be too much: route titles, menu groups. */
export type Words = { zh: string; en: string }

type Table<Z> = { name: string; keys: Z }
type Values = Record<string, string | number>
export type Texts<Z> = Table<Z>

/**
 * The texts of one feature or component in both languages; a key that one of them lacks does not compile.
 * Placeholders are `{{name}}`. English tells one from many by a second entry: `days` and `days_one`, chosen by `count`.
 */
export function defineTexts<Z extends Record<string, string>>(name: string, zh: Z, en: { [K in keyof Z]: string } & { [K in keyof Z & string as `${K}_one`]?: string }): Table<Z> {
  i18next.addResourceBundle('zh-CN', name, zh)
  i18next.addResourceBundle('en-US', name, en)
  return { name, keys: zh }
}

export function useTexts<Z>(texts: Table<Z>): (key: keyof Z & string, values?: Values) => string {
  const { t } = useTranslation(texts.name)
  return (key, values) => t(key, values ?? {})
}

/** Outside of components. */
export function textOf<Z>(texts: Table<Z>, key: keyof Z & string, values?: Values): string {
  return i18next.t(key, { ns: texts.name, ...values })
}

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'en-US' ? 'en-US' : 'zh-CN'
}

export function currentLanguage(): Language {
  return i18next.language === 'en-US' ? 'en-US' : 'zh-CN'
}

export function pick(words: Words, language: Language): string {
  return language === 'en-US' ? words.en : words.zh
}

/** A name of the catalog, which comes in both languages. */
export function nameOf(item: { nameZh: string; nameEn: string }, language: Language): string {
  return language === 'en-US' ? item.nameEn : item.nameZh
}
