// mutates: its memory of programs already prepared, and the list of tensors it is handed, escapes: nothing
/**
 * The programs of a function, one for every form of arguments it has met: the function is traced once for each, and what an engine
 * makes of the trace is kept. An engine's answer may be there at once or come later: here it is only handed on.
 */
import { optionsOf, shown, ValueError, wantsFunction } from '../error/index.js'
import { type Program, pruned, trace } from '../graph/index.js'
import { leaves } from '../params/index.js'
import { fixed, isSize } from '../shape/index.js'
import { isLiteral } from '../tensor/read.js'
import type { Tensor } from '../tensor/tensor.js'
import { type Form, formOf } from './form.js'

export interface CompileOptions {
  /** For how many combinations of shapes programs are kept, at least 1: of more, the one not used for longest is made again. */
  readonly keep: number
}
export const compileDefaults: CompileOptions = fixed({ keep: 8 })

/** A program for arguments of one form. */
interface Prepared<R, B> {
  readonly form: Form<unknown>
  /** What an engine has made of it. */
  readonly run: R
  /** The result, from the program's outputs. */
  readonly build: (outputs: readonly Tensor[]) => B
}

/** The program for arguments, whose literals it appends to `inputs`; none where some of them are no literals. */
type ProgramFor<A, R, B> = (args: A, inputs: Tensor[]) => Prepared<R, B> | undefined

/** For a function its programs, the last used first; `who` asks, and keeps of what an engine prepares what `kept` makes of it. */
export const programsBy = <P, R>(
  who: string,
  engine: { readonly prepare: (program: Program) => P },
  kept: (prepared: P) => R,
  options: Partial<CompileOptions>,
): (<A extends readonly unknown[], B>(f: (...args: A) => B) => ProgramFor<A, R, B>) => {
  const { keep } = optionsOf(who, compileDefaults, options)
  if (!isSize(keep) || keep < 1)
    throw new ValueError({ who, expected: 'a whole number of programs to keep, at least 1', received: shown(keep) })
  if (typeof engine?.prepare !== 'function')
    throw new ValueError({
      who,
      expected: 'an engine',
      received: shown(engine),
      hint: typeof engine === 'function' ? 'what opens one is run and awaited first, and its Right is the engine' : `${who}(engine)(f)`,
    })
  return <A extends readonly unknown[], B>(f: (...args: A) => B): ProgramFor<A, R, B> => {
    wantsFunction(who, 'a function of tensors', f, `${who}(engine)(f)`)
    let prepared: readonly Prepared<R, B>[] = []
    const prepare = (args: A): Prepared<R, B> => {
      const { inputs, outputs, rebuild } = trace((a: A) => f(...a), who)(args)
      return { form: formOf(args), run: kept(engine.prepare(pruned({ inputs, outputs }))), build: formOf(rebuild(outputs)).build }
    }
    return (args, inputs) => {
      for (const found of prepared) {
        inputs.length = 0
        if (!found.form.take(args, inputs)) continue
        if (found !== prepared[0]) prepared = [found, ...prepared.filter((other) => other !== found)]
        return found
      }
      const given = leaves(args, who)
      if (!given.every(isLiteral)) return undefined
      const found = prepare(args)
      prepared = [found, ...prepared].slice(0, keep)
      inputs.length = 0
      inputs.push(...given)
      return found
    }
  }
}
