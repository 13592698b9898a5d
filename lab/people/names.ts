/** A person's names: as shown, and as written in addresses. */
export type Name = { given: string; family: string; local?: string }

/** Microsoft's sample people, without those of the imported sample files. */
const SAMPLE_PEOPLE = `Allan Deyoung|Ben Walters|Brian Johnson|Cameron White|Christie Cline|Debra Berger|Delia Dennis|
Diego Siciliani|Emily Braun|Enrico Cattaneo|Gerhart Moller|Grady Archie|Henrietta Mueller|Irvin Sayers|Isaiah Langer|
Johanna Lorenz|Joni Sherman|Jordan Miller|Lidia Holloway|Lynne Robbins|Megan Bowen|Nestor Wilke|Patti Fernandez|
Pradeep Gupta|Raul Razo|Pilar Ackerman|Ken Myer`

/** Names that scripts stumble over: apostrophes straight and typographic, letters outside ASCII and outside Latin, a comma. */
const HARD_NAMES: Name[] = [
  { given: 'Siobhán', family: 'O’Brien', local: "siobhan.o'brien" },
  { given: 'Nora', family: "O'Neill", local: "nora.o'neill" },
  { given: 'Jürgen', family: 'Groß', local: 'juergen.gross' },
  { given: 'Łucja', family: 'Wójcik', local: 'lucja.wojcik' },
  { given: 'Renée', family: 'D’Amboise', local: 'renee.damboise' },
  { given: '美咲', family: '田中', local: 'misaki.tanaka' },
  { given: 'Ирина', family: 'Соколова', local: 'irina.sokolova' },
  { given: 'Søren', family: 'Ångström-Nyåker', local: 'soren.angstrom' },
]

/** The 27 sample people, then the hard names. */
export const leadingNames: Name[] = [
  ...SAMPLE_PEOPLE.replace(/\n/g, '')
    .split('|')
    .map(full => {
      const [given = '', family = ''] = full.split(' ')
      return { given, family }
    }),
  ...HARD_NAMES,
]

/**
 * As many further names as asked for: given names of the sample people joined with family names of others. The same
 * `count` gives the same names, and none of them twice.
 */
export function combinedNames(count: number): Name[] {
  const people = leadingNames.slice(0, 27)
  const names: Name[] = []
  for (let shift = 3; names.length < count && shift < people.length; shift += 1) {
    for (const [index, { given }] of people.entries()) {
      const family = people[(index + shift) % people.length]?.family
      if (family !== undefined && names.length < count) names.push({ given, family })
    }
  }
  return names
}
