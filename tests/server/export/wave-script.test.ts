import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBatch } from '@/server/commands/create-batch'
import { takeWaveScript, zipOf } from '@/server/queries/wave-script'
import { db } from '@/server/store/client'
import { type Instance, judged, openInstance, people } from '../import/instance'

let instance: Instance
let pilot: string
let rest: string

beforeAll(async () => {
  instance = await openInstance()
  const list = people(
    "sip:sean.o'brien@contoso.example,sean.o'brien@contoso.example,Sean",
    'sip:adele@contoso.example,adele@contoso.example,Adele Vance',
    'sip:megan@contoso.example,megan@contoso.example,Megan Bowen',
  )
  const batch = await createBatch(instance.lead, {
    importId: await judged(instance.lead, list),
    name: "Zürich #> O'Brien; Stop-Computer",
    pilotSize: 2,
    waveSize: 5,
    targetPool: 'pool01.contoso.example',
  })
  const [first, second] = batch.waves
  if (!first || !second) throw new Error('two waves expected')
  pilot = first.id
  rest = second.id
  await db().item.updateMany({
    where: { upn: "sean.o'brien@contoso.example" },
    data: { displayName: '=Sean O’Brien' },
  })
})
afterAll(() => instance.end())

test('a wave is taken as one script and its people, and the ledger says so', async () => {
  const files = await takeWaveScript(instance.lead, pilot)
  expect(files.people).toBe(2)
  expect(files.name).toMatch(/^ferry-zurich-o-brien-stop-computer-[a-z0-9-]+$/)
  const zip = unzipSync(zipOf(files))
  expect(Object.keys(zip).sort()).toEqual([
    `${files.name}/${files.name}.csv`,
    `${files.name}/${files.name}.ps1`,
  ])
  const csv = strFromU8(zip[`${files.name}/${files.name}.csv`] ?? new Uint8Array())
  expect(parse(csv, { bom: true, columns: true })).toEqual([
    {
      Identity: "sean.o'brien@contoso.example",
      SipAddress: "sip:sean.o'brien@contoso.example",
      Target: 'pool01.contoso.example',
      DisplayName: "'=Sean O’Brien",
    },
    expect.objectContaining({ Identity: 'adele@contoso.example' }),
  ])
  const script = strFromU8(zip[`${files.name}/${files.name}.ps1`] ?? new Uint8Array())
  // The batch's name is a literal, and nowhere else; values of people are nowhere in the code.
  expect(script.match(/Stop-Computer/g)).toHaveLength(1)
  expect(script).toContain("O''Brien; Stop-Computer'")
  expect(script).not.toContain('sean')
  expect(script).toContain("[string] $HostingProviderProxyFqdn = 'sipfed.online.lync.com'")
  expect(script).not.toMatch(/-Force\b/)
  const event = await db().event.findFirstOrThrow({
    where: { type: 'export.taken' },
    orderBy: { seq: 'desc' },
  })
  expect(event.data).toMatchObject({ what: expect.stringContaining('the script of '), rows: 2 })
})

test('who may not read scripts takes none, and nothing is recorded', async () => {
  const nobody = { ...instance.lead, roles: [] }
  await expect(takeWaveScript(nobody, pilot)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(takeWaveScript(instance.lead, 'wav_none')).rejects.toMatchObject({ code: 'not_found' })
})

test('people who are across or left out are not in it, and a wave without anybody has none', async () => {
  await db().item.updateMany({ where: { waveId: rest }, data: { state: 'done' } })
  await expect(takeWaveScript(instance.lead, rest)).rejects.toMatchObject({ code: 'conflict' })
})

test('somebody whose values may not be used keeps the script from being written', async () => {
  const item = await db().item.findFirstOrThrow({ where: { waveId: pilot, upn: 'adele@contoso.example' } })
  await db().item.update({ where: { id: item.id }, data: { upn: '*' } })
  await expect(takeWaveScript(instance.lead, pilot)).rejects.toThrow(/Adele Vance: Identity holds \*/)
})
