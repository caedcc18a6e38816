// 20 functions to be written. Tasks 0763133b644af7e7868707ccc188ec7e.

// EVOLVE-BLOCK-START
/**
 * The metres climbed on a walk over points of these heights: each rise from one point to
 * the next counts, falls do not.
 * >>> climb([100, 120, 90, 95])
 * 25
 */
function climb(heights) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * Equal neighbours of a text, counted: a list of [character, how many], in order.
 * >>> runs("aaab")
 * [["a", 3], ["b", 1]]
 */
function runs(text) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * The smaller angle between the hands of a clock, in degrees; the hour hand moves evenly.
 * >>> clockAngle(3, 0)
 * 90
 */
function clockAngle(hours, minutes) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * The text without spaces at its ends, and with one space wherever several stood.
 * >>> squeeze("  to   be ")
 * "to be"
 */
function squeeze(text) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * A whole number with its digits in reverse order; its sign stays, leading zeros go.
 * >>> backwards(-120)
 * -21
 */
function backwards(number) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * Whole numbers from low to high, both included, that are not in the list `taken`, ascending.
 * >>> missing(1, 5, [2, 4, 9])
 * [1, 3, 5]
 */
function missing(low, high, taken) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * The list moved to the left by so many places, what falls off comes back at the end;
 * negative places move it to the right.
 * >>> turnLeft([1, 2, 3, 4], 1)
 * [2, 3, 4, 1]
 */
function turnLeft(list, places) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * How deep the brackets (), [] and {} of a text are nested at most; -1 if they are not
 * closed in order. Other characters do not matter.
 * >>> deepest("f(a[0]) + (b)")
 * 2
 */
function deepest(text) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * Two tables of counts by name added up: names of either, each with the sum.
 * >>> addCounts({ "ant": 1 }, { "ant": 2, "bee": 5 })
 * { "ant": 3, "bee": 5 }
 */
function addCounts(first, second) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * First letters of the words of a name, as capitals, without anything between them. Words
 * are divided by one space or more.
 * >>> initials("ada king lovelace")
 * "AKL"
 */
function initials(name) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * Whole seconds as hours, minutes and seconds, such as "1h 2m 3s"; parts that are zero are left
 * out, and nothing at all is "0s".
 * >>> duration(3605)
 * "1h 5s"
 */
function duration(seconds) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * A square of so many rows with the numbers from 1 on, wound inwards from the upper left
 * corner, first to the right.
 * >>> spiral(2)
 * [[1, 2], [4, 3]]
 */
function spiral(size) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * The longest text that all words begin with.
 * >>> sharedStart(["island", "isle", "issue"])
 * "is"
 */
function sharedStart(words) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * The columns of a table that is given by its rows, all of the same length.
 * >>> columns([[1, 2, 3], [4, 5, 6]])
 * [[1, 4], [2, 5], [3, 6]]
 */
function columns(rows) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * The square of a whole number that is nearest to a number of 0 or more; the smaller of two
 * that are equally near.
 * >>> nearestSquare(8)
 * 9
 */
function nearestSquare(number) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * The first number minus the second plus the third minus the fourth, and so on; 0 for none.
 * >>> seesaw([5, 1, 2])
 * 6
 */
function seesaw(list) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * Places (from 0) of numbers that are larger than both of their neighbours; the first and the
 * last of the list have only one and do not count.
 * >>> peaks([1, 3, 2, 5, 4])
 * [1, 3]
 */
function peaks(list) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * The colour of a field of a chess board by its name: "a1" is "dark", "a2" is "light"; "none" if
 * there is no such field.
 * >>> fieldColour("b2")
 * "dark"
 */
function fieldColour(field) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * How many coins are needed at least to pay an amount exactly, each kind as often as wanted;
 * -1 if it cannot be paid.
 * >>> fewestCoins(8, [1, 4, 5])
 * 2
 */
function fewestCoins(amount, coins) {
  return undefined;
}
// EVOLVE-BLOCK-END

// EVOLVE-BLOCK-START
/**
 * The day of the week so many days after a day; both are written with three letters, Mon to
 * Sun. A negative count goes back.
 * >>> dayAfter("Sat", 3)
 * "Tue"
 */
function dayAfter(day, count) {
  return undefined;
}
// EVOLVE-BLOCK-END

const tasks = {
  climb,
  runs,
  clockAngle,
  squeeze,
  backwards,
  missing,
  turnLeft,
  deepest,
  addCounts,
  initials,
  duration,
  spiral,
  sharedStart,
  columns,
  nearestSquare,
  seesaw,
  peaks,
  fieldColour,
  fewestCoins,
  dayAfter,
};

/** Calls the function of a task. */
export function dispatch(task, args) {
  return tasks[task](...args);
}
