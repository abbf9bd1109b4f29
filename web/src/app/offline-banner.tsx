import { useSyncExternalStore } from 'react'
import { useTexts } from '../lib/texts'
import { shellTexts } from './shell-texts'

function subscribe(told: () => void): () => void {
  window.addEventListener('online', told)
  window.addEventListener('offline', told)
  return () => {
    window.removeEventListener('online', told)
    window.removeEventListener('offline', told)
  }
}

export function OfflineBanner() {
  const t = useTexts(shellTexts)
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  return <div aria-live="polite">{online ? null : <div className="hub-banner">{t('offline')}</div>}</div>
}
