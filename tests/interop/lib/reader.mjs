// What a person does at a page that needs no script, and what can be measured of it:
//
//   {"do":"visit","url"}                       {"status","url","headers"}   one navigation, with the answer at its end
//   {"do":"scripts","value"}                   {}                           whether pages may run script
//   {"do":"screen","width","height","scale"?}  {}                           the viewport in CSS pixels; browser zoom of 200 % is half the width at scale 2
//   {"do":"look","scheme"?,"media"?}           {}                           "dark" or "light"; "print" or "screen"
//   {"do":"press","key","times"?}              {"tag","id","name","href","outline","width","height"}   what has the focus then
//   {"do":"tab-to","href"|"name","limit"?}     the same                     Tab until a link or button has the focus
//   {"do":"enter"}                             {"status","url"}             Enter, and the page that it leads to
//   {"do":"page"}                              {"url","title","lang","state","code","focus","scroll","client","text"}
//   {"do":"html"}                              {"html"}                     as it came, not as it was parsed
//   {"do":"axe"}                               {"violations":[…],"incomplete":[…],"passes"}
//   {"do":"small-targets"}                     {"targets":[…]}              what is below 24 by 24 CSS pixels and is not in a sentence
//   {"do":"spacing"}                           {}                           the text spacing of WCAG 1.4.12, until the next page
//   {"do":"shot","path"}                       {}                           a picture of the whole page, for people
//   {"do":"cookies"}                           {"cookies":[…]}
//
// The driver looks into pages from outside their content security policy; none is switched off for it.
import axe from 'axe-core';

const focused = () => {
  const e = document.activeElement;
  const box = e.getBoundingClientRect();
  return {
    tag: e.tagName.toLowerCase(), id: e.id, name: e.textContent.trim().replace(/\s+/g, ' '), href: e.getAttribute('href'),
    outline: getComputedStyle(e).outlineStyle !== 'none' ? Number.parseFloat(getComputedStyle(e).outlineWidth) : 0, width: box.width, height: box.height,
    seen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
};

export const reader = (page, cdp) => {
  let source = '';
  const tabTo = async ({ href, name, limit = 60 }) => {
    for (let turn = 0; turn < limit; turn++) {
      await page.keyboard.press('Tab');
      const now = await page.evaluate(focused);
      if (now.outline < 2) throw new Error(`the focus is not seen on ${now.tag} ${now.name}`);
      if (!now.seen) throw new Error(`the focus is outside the screen on ${now.tag} ${now.name}`);
      if ((href !== undefined && now.href?.includes(href)) || (name !== undefined && now.name === name)) return now;
    }
    throw new Error(`no ${href ?? name} within ${limit} steps`);
  };
  return {
    visit: async ({ url }) => {
      const answer = await page.goto(url);
      source = await answer.text();
      return { status: answer.status(), url: page.url(), headers: await answer.allHeaders() };
    },
    scripts: async ({ value }) => { await cdp.send('Emulation.setScriptExecutionDisabled', { value: !value }); return {}; },
    screen: async ({ width, height, scale }) => {
      await cdp.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale ?? 1, mobile: false });
      return {};
    },
    look: async ({ scheme, media }) => { await page.emulateMedia({ colorScheme: scheme ?? null, media: media ?? null }); return {}; },
    press: async ({ key, times }) => {
      for (let turn = 0; turn < (times ?? 1); turn++) await page.keyboard.press(key);
      return page.evaluate(focused);
    },
    'tab-to': tabTo,
    enter: async () => {
      const [answer] = await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      return { status: answer?.status() ?? 0, url: page.url() };
    },
    page: async () => {
      // A browser gives an autofocus its focus with the first frame, which may come after the navigation.
      for (let turn = 0; turn < 40 && await page.evaluate(() => document.querySelector('[autofocus]') !== null && document.activeElement === document.body); turn++) await page.waitForTimeout(50);
      return page.evaluate(() => ({
      url: location.href, title: document.title, lang: document.documentElement.lang,
      state: document.querySelector('main')?.dataset.state ?? '', code: document.querySelector('main')?.dataset.code ?? '',
      focus: document.activeElement.id, scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth, text: document.body.innerText,
      }));
    },
    html: async () => ({ html: source }),
    axe: async () => {
      await page.evaluate(axe.source);
      const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations', 'incomplete'] }));
      const plain = (list) => list.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
      return { violations: plain(found.violations), incomplete: plain(found.incomplete), passes: found.passes.length };
    },
    'small-targets': () => page.evaluate(() => ({
      targets: [...document.querySelectorAll('a[href], button, input:not([type=hidden])')].filter((e) => !e.matches('p > a:not(.button), .skip')).map((e) => ({ name: e.textContent.trim(), box: e.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 24 || box.height < 24).map(({ name, box }) => `${name} ${box.width}x${box.height}`),
    })),
    spacing: () => page.evaluate(() => {
      for (const e of document.querySelectorAll('body, body *')) {
        for (const [name, value] of Object.entries({ 'line-height': '1.5', 'letter-spacing': '.12em', 'word-spacing': '.16em' })) e.style.setProperty(name, value, 'important');
        if (e.matches('p')) e.style.setProperty('margin-bottom', '2em', 'important');
      }
      return {};
    }),
    shot: async ({ path }) => { await page.screenshot({ path, fullPage: true }); return {}; },
    cookies: async () => ({ cookies: await page.context().cookies() }),
  };
};
