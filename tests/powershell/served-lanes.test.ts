import { expect, it } from 'vitest'
import type { LaneSettings } from '@/server/queries/lane-settings'
import { namesIn, namesOfNothing, serves } from '@/workers/lane/served-lanes'

const lane = (estateId: string, estateName: string, name: string): LaneSettings => ({
  laneId: `${estateId}-${name}`,
  estateId,
  estateName,
  estateKind: 'lab',
  estateExecutable: null,
  name,
  credentialId: 'crd',
  credential: 'sfb-admin',
  signIn: 'none',
  concurrency: 3,
})
const all = [lane('lab', 'lab', 'sfb'), lane('est_1', 'West', 'sfb'), lane('est_1', 'West', 'sync')]
const served = (lanes: string, estates = '') =>
  all
    .filter(one => serves({ lanes: namesIn(lanes), estates: namesIn(estates) }, one))
    .map(one => `${one.estateName}.${one.name}`)

it('serves everything unless told otherwise, a lane by its name, and with its estate only there', () => {
  expect(served('')).toEqual(['lab.sfb', 'West.sfb', 'West.sync'])
  expect(served('sfb')).toEqual(['lab.sfb', 'West.sfb'])
  expect(served(' west.SFB , sync')).toEqual(['West.sfb', 'West.sync'])
  expect(served('sfb', 'West')).toEqual(['West.sfb'])
  expect(served('est_1.sync')).toEqual(['West.sync'])
  expect(served('exchange')).toEqual([])
})

it('names what fits nothing', () => {
  expect(namesOfNothing({ lanes: ['sfb', 'exchange', 'east.sfb'], estates: ['east'] }, all)).toEqual([
    'exchange',
    'east.sfb',
    'east',
  ])
})
