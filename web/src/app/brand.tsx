import { Flex } from 'antd'
import { useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'

export function Brand({ folded = false }: { folded?: boolean }) {
  const t = useTexts(shellTexts)
  return (
    <Flex align="center" gap={10} style={{ height: 56, paddingInline: folded ? 18 : 20 }}>
      <img src="/favicon.svg" width={28} height={28} alt={folded ? t('home') : ''} />
      {folded ? null : <span style={{ fontWeight: 600, color: '#1f2329', whiteSpace: 'nowrap', fontSize: 15 }}>{t('product')}</span>}
    </Flex>
  )
}
