/**
 * .NET's introspective sort. It is not stable, and the order of equal items shows, so it has to be the very same:
 * insertion sort up to 16 items, quicksort by the median of three above, heap sort where that goes too deep.
 */
const SMALL = 16

/** Sorts in place. `order` is below zero where the first item comes first. */
export function introSort<T>(items: T[], order: (a: T, b: T) => number): void {
  if (items.length > 1) sort(items, 0, items.length, 2 * (Math.floor(Math.log2(items.length)) + 1), order)
}

type Order<T> = (a: T, b: T) => number

function at<T>(items: T[], i: number): T {
  return items[i] as T
}

function swap<T>(items: T[], i: number, j: number): void {
  const kept = at(items, i)
  items[i] = at(items, j)
  items[j] = kept
}

function swapIfGreater<T>(items: T[], i: number, j: number, order: Order<T>): void {
  if (order(at(items, i), at(items, j)) > 0) swap(items, i, j)
}

function sort<T>(items: T[], from: number, to: number, limit: number, order: Order<T>): void {
  let end = to
  let depth = limit
  while (end - from > 1) {
    const size = end - from
    if (size <= SMALL) {
      if (size === 2) swapIfGreater(items, from, from + 1, order)
      else if (size === 3) {
        swapIfGreater(items, from, from + 1, order)
        swapIfGreater(items, from, from + 2, order)
        swapIfGreater(items, from + 1, from + 2, order)
      } else insertionSort(items, from, end, order)
      return
    }
    if (depth === 0) {
      heapSort(items, from, end, order)
      return
    }
    depth--
    const pivot = partition(items, from, end, order)
    sort(items, pivot + 1, end, depth, order)
    end = pivot
  }
}

function partition<T>(items: T[], from: number, to: number, order: Order<T>): number {
  const high = to - 1
  const middle = from + ((high - from) >> 1)
  swapIfGreater(items, from, middle, order)
  swapIfGreater(items, from, high, order)
  swapIfGreater(items, middle, high, order)
  const pivot = at(items, middle)
  swap(items, middle, high - 1)
  let left = from
  let right = high - 1
  while (left < right) {
    while (order(at(items, ++left), pivot) < 0);
    while (order(pivot, at(items, --right)) < 0);
    if (left >= right) break
    swap(items, left, right)
  }
  if (left !== high - 1) swap(items, left, high - 1)
  return left
}

function insertionSort<T>(items: T[], from: number, to: number, order: Order<T>): void {
  for (let i = from; i < to - 1; i++) {
    const moved = at(items, i + 1)
    let j = i
    while (j >= from && order(moved, at(items, j)) < 0) {
      items[j + 1] = at(items, j)
      j--
    }
    items[j + 1] = moved
  }
}

function heapSort<T>(items: T[], from: number, to: number, order: Order<T>): void {
  const size = to - from
  for (let i = size >> 1; i >= 1; i--) sink(items, i, size, from, order)
  for (let i = size; i > 1; i--) {
    swap(items, from, from + i - 1)
    sink(items, 1, i - 1, from, order)
  }
}

function sink<T>(items: T[], start: number, size: number, from: number, order: Order<T>): void {
  let i = start
  const moved = at(items, from + i - 1)
  while (i <= size >> 1) {
    let child = 2 * i
    if (child < size && order(at(items, from + child - 1), at(items, from + child)) < 0) child++
    if (!(order(moved, at(items, from + child - 1)) < 0)) break
    items[from + i - 1] = at(items, from + child - 1)
    i = child
  }
  items[from + i - 1] = moved
}
