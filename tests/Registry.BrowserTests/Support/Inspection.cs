using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Registry.BrowserTests.Support;

/// <summary>
/// Judges one page as it stands: axe, the bones of its HTML, and whether it fits narrow windows, large text, wide spacing and forced
/// colours (S-110, S-112, S-115). The page is loaded once and resized, so what was typed or opened stays.
/// </summary>
public static class Inspection
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>What only depends on size and colours: asked again in each of them. The rest does not change with them.</summary>
    private static readonly string[] OfTheLook = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"];

    public static async Task InspectAsync(this Window window, string state)
    {
        var page = window.Page;
        var faults = new List<string>();
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Axe);

        faults.AddRange(await page.EvaluateAsync<string[]>(Bones));
        foreach (var width in new[] { 1280, 768, 320 })
        {
            await page.SetViewportSizeAsync(width, 900);
            // Everything is asked once; what depends on the look once more in the dark and once where it is narrow. In between nothing is hidden or coloured that is not so at one of the ends.
            if (width == 1280) faults.AddRange((await AskAxeAsync(page, null)).Select(fault => $"{width} px: {fault}"));
            foreach (var scheme in width switch { 1280 => [ColorScheme.Dark], 320 => [ColorScheme.Light], _ => Array.Empty<ColorScheme>() })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                faults.AddRange((await AskAxeAsync(page, OfTheLook)).Select(fault => $"{width} px {scheme}: {fault}"));
            }
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            faults.AddRange(await SidewaysAsync(page, $"{width} px"));
        }
        await page.EvaluateAsync(Spacing, true);
        faults.AddRange(await SidewaysAsync(page, "320 px with text spacing"));
        await page.EvaluateAsync(Spacing, false);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        faults.AddRange(await SidewaysAsync(page, "320 px with forced colours"));
        faults.AddRange(await page.EvaluateAsync<string[]>(Borderless));
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });

        await page.SetViewportSizeAsync(1280, 900);
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Page.setFontSizes", new() { ["fontSizes"] = new Dictionary<string, int> { ["standard"] = 32, ["fixed"] = 26 } });
        faults.AddRange(await SidewaysAsync(page, "text at 200 %"));
        await devtools.SendAsync("Page.setFontSizes", new() { ["fontSizes"] = new Dictionary<string, int> { ["standard"] = 16, ["fixed"] = 13 } });
        await devtools.DetachAsync();

        Assert.True(faults.Count == 0, $"{state} ({page.Url})\n{string.Join('\n', faults.Distinct())}");
        window.ExpectNoComplaint();
    }

    private static async Task<IEnumerable<string>> AskAxeAsync(IPage page, string[]? rules)
    {
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async rules => {
              const answer = await axe.run(document, {
                runOnly: rules ? { type: 'rule', values: rules }
                  : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'RGAAv4', 'best-practice'] },
                resultTypes: ['violations', 'incomplete'],
              });
              const list = (results, kind) => results.flatMap(rule => rule.nodes.map(node => ({
                kind, rule: rule.id, target: node.target.join(' '), why: (node.failureSummary ?? '').replace(/\s+/g, ' ').slice(0, 300),
                key: [...node.any, ...node.all, ...node.none].map(check => check.data?.messageKey ?? '').join(''),
              })));
              return [...list(answer.violations, 'violation'), ...list(answer.incomplete, 'to review')];
            }
            """, rules);
        return found.EnumerateArray()
            .Select(one => (Kind: Text(one, "kind"), Rule: Text(one, "rule"), Target: Text(one, "target"), Why: Text(one, "why"), Key: Text(one, "key")))
            .Where(one => !(one.Kind == "to review" && Reviewed(one.Rule, one.Key, one.Target)))
            .Select(one => $"{one.Kind} {one.Rule} at {one.Target}: {one.Why} {one.Key}");

        static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
    }

    /// <summary>What axe cannot judge and somebody looked at, each with the finding.</summary>
    private static bool Reviewed(string rule, string key, string target) => (rule, key) switch
    {
        // Struck and inserted words that run over several lines: their pairs of colours stand in the table of the style sheet's tokens, 5.7 at least.
        ("color-contrast", "elmPartiallyObscuring") => target.EndsWith(" ins", StringComparison.Ordinal) || target.EndsWith(" del", StringComparison.Ordinal)
            // The notice about the session lies over whatever the page shows there, on an opaque ground of its own: the ink on it has 13 and more.
            || target is ".session-said" or ".session-key",
        // Words and numbers of the 72-hour bar are drawn in the page's own inks on its own ground (7.0 at least), the number of awareness in the ink that stands on the accent;
        // all of them stand again as text in the list under it.
        // So are the years of the life line of a convention.
        ("color-contrast", "imgNode" or "shortTextContent") => ClockWords.Any(word => target.Contains(word, StringComparison.Ordinal)),
        _ => false,
    };

    private static readonly string[] ClockWords = ["text[x=", "text[y=", ".starts", ".fact-number", ".day-name", ".other", ".hour", ".limit-name", ".now-name"];

    private static async Task<IEnumerable<string>> SidewaysAsync(IPage page, string where)
    {
        var wide = await page.EvaluateAsync<string[]>(
            """
            () => {
              const width = document.documentElement.clientWidth;
              if (document.scrollingElement.scrollWidth <= width) return [];
              const wide = [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > width + 1);
              return [`scrolls sideways to ${document.scrollingElement.scrollWidth}: ` +
                wide.filter(one => !wide.some(other => one !== other && one.contains(other))).slice(0, 3).map(one => one.outerHTML.slice(0, 120)).join(' | ')];
            }
            """);
        return wide.Select(fault => $"{where}: {fault}");
    }

    private const string Bones =
        """
        () => {
          const faults = [];
          const all = selector => [...document.querySelectorAll(selector)];
          const ids = all('[id]').map(one => one.id);
          for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) faults.push(`id ${id} stands twice`);
          for (const id of ids.filter(id => /\s/.test(id) || id === '')) faults.push(`id "${id}" is not an id`);
          for (const label of all('label[for]')) if (!document.getElementById(label.htmlFor)) faults.push(`label for ${label.htmlFor}: no such field`);
          for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'aria-errormessage', 'popovertarget'])
            for (const one of all(`[${name}]`)) for (const id of one.getAttribute(name).split(/\s+/))
              if (!document.getElementById(id)) faults.push(`${name}="${id}" leads nowhere`);
          for (const link of all('a[href^="#"]')) if (link.hash.length > 1 && !document.getElementById(decodeURIComponent(link.hash.slice(1)))) faults.push(`link ${link.hash} leads nowhere`);
          const shown = one => one.checkVisibility();
          const titles = all('h1, h2, h3, h4, h5, h6').filter(shown);
          if (titles.filter(one => one.tagName === 'H1').length !== 1) faults.push(`${titles.filter(one => one.tagName === 'H1').length} first-level headings`);
          titles.forEach((one, at) => {
            if (at > 0 && +one.tagName[1] > +titles[at - 1].tagName[1] + 1) faults.push(`heading ${one.tagName} "${one.textContent.trim()}" skips a level`);
            if (!one.textContent.trim()) faults.push('an empty heading');
          });
          if (!['fr', 'en'].includes(document.documentElement.lang)) faults.push(`language "${document.documentElement.lang}"`);
          if (!document.title.endsWith('Registre') || document.title.startsWith('Registre')) faults.push(`title "${document.title}"`);
          if (all('main').length !== 1) faults.push('not one main');
          for (const table of all('main table')) if (!table.caption) faults.push('a table without caption');
          for (const group of all('main fieldset')) if (group.firstElementChild?.tagName !== 'LEGEND') faults.push('a fieldset that does not begin with its legend');
          for (const one of all('[style]')) faults.push(`style in the page: ${one.outerHTML.slice(0, 80)}`);
          for (const field of all('main input:not([type=hidden], [aria-hidden=true]), main select, main textarea'))
            if (!field.labels?.length && !field.getAttribute('aria-label')) faults.push(`field ${field.name} has no label`);
          if (all('.error-summary').length && !document.title.match(/^(Erreur|Error)/)) faults.push(`an error summary under the title "${document.title}"`);
          for (const one of all('.error-summary')) if (!one.querySelector('li')) faults.push('an error summary that says nothing');
          return faults;
        }
        """;

    /// <summary>WCAG 1.4.12. As a constructed sheet: the content policy rightly forbids a style element.</summary>
    private const string Spacing =
        """
        wide => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
          document.adoptedStyleSheets = wide ? [sheet] : [];
        }
        """;

    /// <summary>With forced colours a background vanishes: what can be pressed or filled still needs an edge.</summary>
    private const string Borderless =
        """
        () => [...document.querySelectorAll('main button, main .button, main input:not([type=hidden]), main select, main textarea')]
          .filter(one => one.checkVisibility() && !one.matches('.plain, .hidden, [type=checkbox], [type=radio]') && getComputedStyle(one).borderTopStyle === 'none')
          .map(one => 'no edge with forced colours: ' + one.outerHTML.slice(0, 100))
        """;
}
