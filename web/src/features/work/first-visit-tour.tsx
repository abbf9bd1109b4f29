import { Tour, type TourProps } from 'antd'
import { useState } from 'react'
import { recall, remember } from '../../lib/browser-store'
import { useTexts } from '../../lib/texts'
import { workTexts } from './work-texts'

/** Shown once in this browser, on the first visit; Escape or the last step ends it. */
export function FirstVisitTour({ steps }: { steps: NonNullable<TourProps['steps']> }) {
  const t = useTexts(workTexts)
  const [open, setOpen] = useState(() => recall('tour.filer') === null)
  const close = () => { setOpen(false); remember('tour.filer', 'seen') }
  return (
    <Tour open={open} onClose={close} onFinish={close} rootClassName="hub-tour" steps={steps.map((step, index) => ({
      ...step,
      nextButtonProps: { children: index === steps.length - 1 ? t('finish') : t('next') },
      prevButtonProps: { children: t('previous') },
    }))} />
  )
}
