import { readdirSync } from 'node:fs'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const features = readdirSync(new URL('src/features', import.meta.url), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
const no = (...group) => ({ 'no-restricted-imports': ['error', { patterns: group }] })
const above = (layer, message) => ({ regex: `^(\\.\\./)+${layer}/`, message })

// lib <- api <- components <- features <- app; what a feature wants of another is composed by app/.
export default tseslint.config(
  { ignores: ['dist', 'src/api/generated', 'playwright-report', 'test-results'] },
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  hooks.configs.flat['recommended-latest'],
  {
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error',
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text of others is shown as text.' },
        { selector: 'MemberExpression[object.name="localStorage"]', message: 'lib/browser-store.ts alone knows what is remembered: preferences, never a secret.' }],
      eqeqeq: 'error',
    },
  },
  { files: ['src/lib/browser-store.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/lib/**'], rules: no(above('(api|components|features|app)', 'lib knows nobody.')) },
  { files: ['src/api/**'], rules: no(above('(components|features|app)', 'api knows lib alone.')) },
  { files: ['src/components/**'], rules: no(above('(features|app)', 'components know api and lib.')) },
  ...features.map((name) => ({ files: [`src/features/${name}/**`], rules: no(above('app', 'Features do not know who composes them.'), above('features', 'Features never import each other.'), { regex: `^(\\.\\./)+(${features.filter((other) => other !== name).join('|') || '-'})(/|$)`, message: 'Features never import each other: move what both need to components, api or lib, or compose it in app/.' }) })),
  { files: ['e2e/**'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
)
