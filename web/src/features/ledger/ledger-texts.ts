import { defineTexts } from '../../lib/texts'

export const ledgerTexts = defineTexts('ledger', { dashboard: '看板' }, { dashboard: 'Dashboard' })
