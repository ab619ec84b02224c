/**
 * The rules of the house, as pure functions from sources to complaints: which folder may import which, who may mutate, and
 * what stands at the top.
 */
import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { parseAst } from 'rolldown/parseAst'

export interface Source {
  /** From the root of the project: `src/ops/apply.ts`. */
  readonly path: string
  readonly text: string
}

/** A folder may import only folders above it. Engines stand beside each other, and import only `engine` and the program form that they share. */
export const order = [
  'src/error',
  'src/shape',
  'src/prim',
  'src/tensor',
  'src/ops',
  'src/random',
  'src/params',
  'src/graph',
  'src/network',
  'src/layer',
  'src/likelihood',
  'src/optimise',
  'src/engine',
  'src/engine/program',
  'src/engine/reference',
  'src/engine/wasm',
  'src/data',
  'src/train',
  'src/codec',
  'src/codec/files',
  'src/codec/tables',
  'src/codec/images',
  'src/cli',
  'laws',
  'laws/cli',
] as const

interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}
const isNode = (x: unknown): x is SyntaxNode => typeof x === 'object' && x !== null && typeof (x as SyntaxNode).type === 'string'
const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []))
const all = (node: SyntaxNode): readonly SyntaxNode[] => [node, ...childrenOf(node).flatMap(all)]
const nodesOf = ({ text }: Source): readonly SyntaxNode[] => all(parseAst(text, { lang: 'ts' }) as unknown as SyntaxNode)
const lineOf = (text: string, start: number): number => text.slice(0, start).split('\n').length

const importing: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])
interface Import {
  readonly to: string
  readonly line: number
}

/** What a file imports, as it is written: types, `import('…')` and `import('…').T` included. */
export const specifiersOf = (source: Source): readonly Import[] =>
  nodesOf(source)
    .filter(({ type, source: from }) => importing.has(type) && isNode(from))
    .map(({ start, source: from }) => ({ to: String((from as SyntaxNode)['value']), line: lineOf(source.text, start) }))

/** The files of the project that a file imports. */
export const importsOf = (source: Source): readonly Import[] =>
  specifiersOf(source)
    .filter(({ to }) => to.startsWith('.'))
    .map(({ to, line }) => ({ to: posix.join(posix.dirname(source.path), to).replace(/\.js$/, '.ts'), line }))

/** The most specific folder of the order that a file lives in. */
export const folderOf = (path: string): string =>
  [...order].sort((a, b) => b.length - a.length).find((folder) => path.startsWith(`${folder}/`)) ?? posix.dirname(path)

const isEngine = (folder: string): boolean => folder.startsWith('src/engine/') && folder !== 'src/engine/program'

const placeOf = (folder: string): number => order.indexOf(folder as (typeof order)[number])

/** Imports of a folder that does not stand above, and files in a folder that has no place. */
export const badImports = (sources: readonly Source[]): readonly string[] =>
  sources.flatMap((source) => {
    const from = folderOf(source.path)
    const place = placeOf(from)
    if (place < 0) return [`${source.path}:1 lives in ${from}, which has no place in the order of folders`]
    return importsOf(source)
      .map(({ to, line }) => ({ to, line, folder: folderOf(to) }))
      .filter(({ folder }) => folder !== from)
      .filter(({ folder }) => {
        const above = placeOf(folder)
        return above < 0 || above > place || (isEngine(from) && isEngine(folder))
      })
      .map(({ to, line }) => `${source.path}:${line} imports ${to}, which does not stand above ${from}`)
  })

const inNodeOnly: readonly string[] = ['src/codec/files', 'src/cli', 'laws/cli']
/** Modules of Node's, imported where a browser should go, too. */
export const badNodeImports = (sources: readonly Source[]): readonly string[] =>
  sources
    .filter(({ path }) => !inNodeOnly.includes(folderOf(path)))
    .flatMap((source) =>
      specifiersOf(source)
        .filter(({ to }) => isBuiltin(to))
        .map(({ to, line }) => `${source.path}:${line} imports ${to}, which only ${inNodeOnly.join(', ')} may`),
    )

/** Files that import each other in a circle. */
export const circles = (sources: readonly Source[]): readonly string[] => {
  const graph = new Map(sources.map((source) => [source.path, importsOf(source).map(({ to }) => to)]))
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(path)) return [[...trail.slice(trail.indexOf(path)), path].join(' → ')]
    if (done.has(path)) return []
    const found = (graph.get(path) ?? []).flatMap((to) => visit(to, [...trail, path]))
    done.add(path)
    return found
  }
  return [...graph.keys()].flatMap((path) => visit(path, []))
}

/** Who may mutate: the buffer door, the loops of literals and of rows, the walks over graphs, the engines, the explicit loop, and those over streams. */
const mayMutate = (path: string): boolean =>
  path === 'src/tensor/buffer.ts' ||
  path.startsWith('src/tensor/loop/') ||
  path === 'src/graph/walk.ts' ||
  path === 'src/params/branch.ts' ||
  path === 'src/train/iterate.ts' ||
  path === 'src/data/stream.ts' ||
  path === 'src/codec/tables/stream.ts' ||
  path.startsWith('src/ops/loop/') ||
  path.startsWith('src/engine/')
const header = /^\/\/ mutates: .+, escapes: .+$/m

/** `this.x = …`, which a constructor may write and nothing else. */
const setsThis = ({ type, left }: SyntaxNode): boolean =>
  type === 'AssignmentExpression' &&
  isNode(left) &&
  left.type === 'MemberExpression' &&
  isNode(left['object']) &&
  left['object'].type === 'ThisExpression'

const mutates = ({ type, kind, left, operator }: SyntaxNode): boolean => {
  if (type === 'VariableDeclaration') return kind === 'let' || kind === 'var'
  if (type === 'ForOfStatement' || type === 'ForInStatement') return isNode(left) && left.type !== 'VariableDeclaration'
  return type === 'AssignmentExpression' || type === 'UpdateExpression' || (type === 'UnaryExpression' && operator === 'delete')
}

const mutations = (source: Source): readonly string[] => {
  const nodes = nodesOf(source)
  const constructors = nodes.filter(({ type, kind }) => type === 'MethodDefinition' && kind === 'constructor')
  const constructs = (node: SyntaxNode): boolean =>
    setsThis(node) && constructors.some(({ start, end }) => start <= node.start && node.end <= end)
  return nodes
    .filter((node) => mutates(node) && !constructs(node))
    .map(({ start }) => `${source.path}:${lineOf(source.text, start)} mutates`)
}

/** Mutation outside the files that may, and files that may but do not say what. The command line has its own loops. */
export const badMutations = (sources: readonly Source[]): readonly string[] =>
  sources
    .filter(({ path }) => !path.startsWith('src/cli/') && !path.startsWith('laws/cli/'))
    .flatMap((source) => {
      const found = mutations(source)
      const says = header.test(source.text.split('\n')[0] ?? '')
      if (mayMutate(source.path))
        return found.length > 0 && !says ? [`${source.path} mutates and does not begin with what, and that nothing escapes`] : []
      return says ? [`${source.path} says that it mutates, which only the door, loops and engines may`] : found
    })

const top = [
  '.ci',
  '.gitattributes',
  '.gitignore',
  '.npmrc',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'biome.json',
  'docs',
  'laws',
  'package-lock.json',
  'package.json',
  'src',
  'test',
  'tsconfig.build.json',
  'tsconfig.json',
  'vitest.config.ts',
]
/** Entries at the top level that no tool insists on having there. */
export const badTop = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths.map((path) => path.split('/')[0] ?? path))]
    .filter((entry) => !top.includes(entry))
    .map((entry) => `${entry} does not belong at the top level`)

/** Subpaths published without a folder behind them, and folders with an index that are not published. The command line is not one. */
export const badExports = (exports: readonly string[], paths: readonly string[]): readonly string[] => {
  const folders = paths
    .map((path) => /^(?:src\/)?(.+)\/index\.ts$/.exec(path))
    .filter((found) => found !== null && /^(src|laws)\//.test(found[0]) && placeOf(posix.dirname(found[0])) >= 0)
    .map((found) => `./${found?.[1]}`)
  return [
    ...exports.filter((subpath) => !folders.includes(subpath)).map((subpath) => `package.json exports ${subpath}, which is no folder`),
    ...folders
      .filter((subpath) => !exports.includes(subpath))
      .map((subpath) => `package.json does not export ${subpath}, which has an index`),
  ]
}
