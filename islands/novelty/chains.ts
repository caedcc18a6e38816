/**
 * A multimap from 32-bit keys to the numbers 0, 1, 2 ... in a few bytes each: a hash table whose chains link each
 * number to the previous one of its slot.
 */
export class Chains {
  #heads = new Int32Array(16).fill(-1);
  #keys = new Int32Array(16);
  #before = new Int32Array(16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds the next number under a key. */
  add(key: number): void {
    if (this.#size === this.#keys.length) this.#grow();
    this.#keys[this.#size] = key;
    this.#link(this.#size++);
  }

  /** The numbers under a key, the last added first. */
  *of(key: number): Generator<number> {
    let each = this.#heads[this.#slot(key)]!;
    for (; each >= 0; each = this.#before[each]!) if (this.#keys[each] === key) yield each;
  }

  #link(number: number): void {
    const slot = this.#slot(this.#keys[number]!);
    this.#before[number] = this.#heads[slot]!;
    this.#heads[slot] = number;
  }

  #slot(key: number): number {
    return (Math.imul(key, 0x9e3779b1) >>> 8) & (this.#heads.length - 1);
  }

  #grow(): void {
    const room = 2 * this.#keys.length;
    const wider = (old: Int32Array) => {
      const list = new Int32Array(room);
      list.set(old);
      return list;
    };
    this.#keys = wider(this.#keys);
    this.#before = wider(this.#before);
    this.#heads = new Int32Array(room).fill(-1);
    for (let each = 0; each < this.#size; each++) this.#link(each);
  }
}
