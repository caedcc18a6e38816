import { existsSync } from 'node:fs';
import { type ResolveHookSync, registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

let registered: Promise<unknown> | undefined;

/**
 * Registers the gradients of all operations. tfjs-core contains them, but only the much larger union package registers them
 * in Node. The file that does it is written for bundlers, so a hook adds the extensions that Node requires to its imports.
 * `main`: path of tfjs-core's entry.
 */
export function registerGradients(main: string): Promise<unknown> {
  registered ??= load(dirname(main));
  return registered;
}

async function load(folder: string): Promise<void> {
  const home = `${pathToFileURL(folder).href}/`;
  const resolve: ResolveHookSync = (specifier, context, next) => {
    if (!specifier.startsWith('.') || !context.parentURL?.startsWith(home)) return next(specifier, context);
    const path = fileURLToPath(new URL(specifier, context.parentURL));
    const found = [path, `${path}.js`, join(path, 'index.js')].find(
      (each) => each.endsWith('.js') && existsSync(each),
    );
    if (!found) return next(specifier, context);
    return { url: pathToFileURL(found).href, format: 'module', shortCircuit: true };
  };
  const hooks = registerHooks({ resolve });
  try {
    await import(pathToFileURL(join(folder, 'register_all_gradients.js')).href);
  } finally {
    hooks.deregister();
  }
}
