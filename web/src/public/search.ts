/** Finding by community, street or word: what doesn't fit is hidden on the screen, never on paper. */

/** Each word stands in the entry, or has one of its own words in it: an address has a community in it. */
function fits(item: HTMLElement, words: string[]): boolean {
  const own = (item.dataset.words ?? "").split(" ").filter((word) => word.length > 1);
  const text = `${item.textContent} ${item.dataset.words}`.toLowerCase();
  return words.every((word) => text.includes(word) || own.some((each) => word.includes(each)));
}

/** Shows what fits in `page`, and returns how many entries that are; null: nothing was asked, so all are shown. */
export function find(page: HTMLElement, asked: string): number | null {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const isAsked = words.length > 0;
  let found = 0;
  page.classList.toggle("searching", isAsked);
  for (const section of page.querySelectorAll<HTMLElement>("main > section")) {
    let here = 0;
    for (const item of section.querySelectorAll<HTMLElement>(".item")) {
      const isFitting = fits(item, words);
      item.classList.toggle("other", isAsked && !isFitting);
      if (isFitting) here += 1;
    }
    section.classList.toggle("other", isAsked && here === 0);
    found += here;
  }
  return isAsked ? found : null;
}
