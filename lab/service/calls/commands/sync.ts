import type { Command } from '../command'

/** Start-ADSyncSyncCycle returns at once; `Success` means accepted, not finished. */
export const startSyncCycle: Command = {
  latency: 'syncStart',
  mutating: true,
  side: 'sync',
  run(context) {
    const { sync, scenario } = context.lab
    if (scenario().sync.suspended) {
      context.refuse('The sync scheduler is suspended while the installation wizard is open.', 'ResourceBusy')
      return
    }
    if (sync.busy || !sync.start(context.text('PolicyType') ?? 'Delta')) {
      const connector = sync.connector
      if (connector === null) context.fail('sync-already-running', '')
      else {
        const text = `System.InvalidOperationException: Connector: ${connector} is busy. Please wait for the current run to complete.`
        context.fail('sync-busy', '', text)
      }
      return
    }
    context.output({ Result: 'Success' })
  },
}

export const stopSyncCycle: Command = {
  latency: 'syncStart',
  mutating: true,
  side: 'sync',
  run(context) {
    context.lab.sync.stop()
    context.output({ Result: 'Success' })
  },
}

export const getScheduler: Command = {
  latency: 'read',
  mutating: false,
  side: 'sync',
  run(context) {
    const { sync, scenario } = context.lab
    const { staging, suspended, automatic, everyMinutes } = scenario().sync
    const interval = timeSpan(everyMinutes)
    context.output({
      AllowedSyncCycleInterval: '00:30:00',
      CurrentlyEffectiveSyncCycleInterval: interval,
      CustomizedSyncCycleInterval: null,
      NextSyncCyclePolicyType: 'Delta',
      NextSyncCycleStartTimeInUTC: sync.nextStart.toISOString(),
      PurgeRunHistoryInterval: '7.00:00:00',
      SyncCycleEnabled: automatic,
      MaintenanceEnabled: true,
      StagingModeEnabled: staging,
      SchedulerSuspended: suspended,
      SyncCycleInProgress: sync.busy,
    })
  },
}

export const getConnectorRunStatus: Command = {
  latency: 'read',
  mutating: false,
  side: 'sync',
  run(context) {
    const connector = context.lab.sync.connector
    if (connector !== null) context.output({ RunState: 'Busy', ConnectorName: connector })
  },
}

function timeSpan(minutes: number): string {
  const seconds = Math.round(minutes * 60)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
}
