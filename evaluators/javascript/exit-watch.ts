/**
 * A thread of a child process that ends it when its owner is gone, even while the main thread is stuck in native
 * code: nothing is ever written to descriptor 3, so a read returns only once the owner's end is closed.
 */
import { readSync } from 'node:fs';

const nap = new Int32Array(new SharedArrayBuffer(4));
for (let open = true; open; ) {
  try {
    open = readSync(3, Buffer.alloc(1)) > 0;
  } catch (error) {
    open = (error as NodeJS.ErrnoException).code === 'EAGAIN';
    if (open) Atomics.wait(nap, 0, 0, 200);
  }
}
process.kill(process.pid, 'SIGKILL');
