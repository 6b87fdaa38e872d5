// Makes official-bodies.txt.gz from the package @etalab/decoupage-administratif; README.md beside says when and why.
//   npm install --ignore-scripts @etalab/decoupage-administratif@6.0.0     (in a temporary folder)
//   node make-official-bodies.mjs <that folder>/node_modules/@etalab/decoupage-administratif
import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const read = name => JSON.parse(readFileSync(`${process.argv[2]}/data/${name}.json`, 'utf8'))
const tidy = name => name.replace(/["“”]/g, '').replace(/\s+/g, ' ').trim().replaceAll("'", '’')
const byCode = (a, b) => (a.code < b.code ? -1 : 1)

const types = { CC: 'COMMUNAUTE_COMMUNES', CA: 'COMMUNAUTE_AGGLOMERATION', CU: 'COMMUNAUTE_URBAINE', METRO: 'METROPOLE', MET69: 'METROPOLE' }
const longNames = { CC: 'Communauté de communes', CA: 'Communauté d’agglomération', CU: 'Communauté urbaine' }

const communes = read('communes').filter(c => c.type === 'commune-actuelle' && c.population !== undefined).sort(byCode)
const known = new Map(communes.map(c => [c.code, c]))
const intercommunalities = read('epci').sort(byCode)
const regions = new Map(read('regions').map(r => [r.code, tidy(r.nom)]))
const departments = read('departements').sort(byCode)

const lines = []
for (const d of departments) lines.push(['D', d.code, tidy(d.nom), regions.get(d.region)])

const intercommunalityOf = new Map()
for (const e of intercommunalities) {
  const inhabitants = new Map()
  for (const m of e.membres) {
    const commune = known.get(m.code)
    if (!commune || intercommunalityOf.has(m.code)) throw new Error(`${e.nom}: member ${m.code} is unknown or listed twice`)
    intercommunalityOf.set(m.code, e.code)
    inhabitants.set(commune.departement, (inhabitants.get(commune.departement) ?? 0) + commune.population)
  }
  // The source names no seat: the department is the one where most of the inhabitants live.
  const [department] = [...inhabitants].sort((a, b) => b[1] - a[1])[0]
  const name = tidy(e.nom).replace(/^(CC|CA|CU) /, (_, short) => `${longNames[short]} `)
  lines.push(['E', e.code, types[e.type], name, department, e.populationMunicipale])
}
for (const c of communes)
  lines.push(['C', c.code, tidy(c.nom), c.siren ?? '', c.departement, c.population, intercommunalityOf.get(c.code) ?? '', (c.codesPostaux ?? []).join(' ')])

for (const line of lines)
  if (line.some(field => field === undefined)) throw new Error(`a field is missing: ${line}`)

const target = new URL('official-bodies.txt.gz', import.meta.url)
writeFileSync(target, gzipSync(lines.map(line => line.join('\t')).join('\n') + '\n', { level: 9 }))
console.log(`${communes.length} communes, ${intercommunalities.length} intercommunalities`)
