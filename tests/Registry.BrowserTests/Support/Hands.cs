using Microsoft.Playwright;

namespace Registry.BrowserTests.Support;

/// <summary>How a visitor acts on a page. A journey told with this interface is the same journey whoever's hands do it.</summary>
public interface IHands
{
    Task PressAsync(ILocator target);
    Task WriteAsync(ILocator field, string text);
    Task ChooseAsync(ILocator list, string value);

    /// <summary>A box to tick, or one choice of a group.</summary>
    Task TickAsync(ILocator box);
}

public sealed class Mouse : IHands
{
    public Task PressAsync(ILocator target) => target.ClickAsync();

    public Task WriteAsync(ILocator field, string text) => field.FillAsync(text);

    public Task ChooseAsync(ILocator list, string value) => list.SelectOptionAsync(value);

    public Task TickAsync(ILocator box) => box.CheckAsync();
}

/// <summary>
/// Tab, Shift+Tab, Enter, arrows and letters, nothing else. At each stop on the way the focus must be seen: outlined by two pixels
/// at least, inside the window, covered by nothing (S-111).
/// </summary>
public sealed class Keyboard(IPage page) : IHands
{
    private const int Farthest = 300;

    public int Stops { get; private set; }

    public async Task PressAsync(ILocator target)
    {
        await ReachAsync(target);
        await page.Keyboard.PressAsync("Enter");
    }

    public async Task WriteAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
    }

    public async Task ChooseAsync(ILocator list, string value)
    {
        await ReachAsync(list);
        var down = await list.EvaluateAsync<int>("(list, value) => [...list.options].findIndex(option => option.value === value) - list.selectedIndex", value);
        for (; down != 0; down -= Math.Sign(down)) await page.Keyboard.PressAsync(down > 0 ? "ArrowDown" : "ArrowUp");
        Assert.Equal(value, await list.InputValueAsync());
    }

    public async Task TickAsync(ILocator box)
    {
        if (await box.GetAttributeAsync("type") == "radio")
        {
            // A group of choices is one stop; the arrows go through it.
            var group = page.Locator($"input[type=radio][name='{await box.GetAttributeAsync("name")}']");
            await ReachAsync(await group.Locator("visible=true").And(page.Locator(":checked")).CountAsync() > 0 ? group.And(page.Locator(":checked")) : group.First);
            await page.Keyboard.PressAsync("Space");
            for (var turns = await group.CountAsync(); turns > 0 && !await box.IsCheckedAsync(); turns--) await page.Keyboard.PressAsync("ArrowDown");
        }
        else
        {
            await ReachAsync(box);
            if (!await box.IsCheckedAsync()) await page.Keyboard.PressAsync("Space");
        }
        Assert.True(await box.IsCheckedAsync(), $"The keyboard does not tick {box}.");
    }

    private async Task ReachAsync(ILocator target)
    {
        var where = await WhereAsync(target);
        if (where == "untouched")
        {
            await TabAsync("Tab");
            // An address with an anchor starts at the anchor, every other page at its top.
            if (!page.Url.Contains('#', StringComparison.Ordinal))
            {
                Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.matches('a.skip')"), "The first stop of a page is the link that skips to its content.");
                if (await target.EvaluateAsync<bool>("target => document.querySelector('main').contains(target)")) await page.Keyboard.PressAsync("Enter");
            }
            where = await WhereAsync(target);
        }
        for (var stops = 0; where != "here"; stops++)
        {
            Assert.True(stops < Farthest, $"The keyboard does not reach {target}.");
            await TabAsync(where == "before" ? "Shift+Tab" : "Tab");
            where = await WhereAsync(target);
        }
    }

    private async Task TabAsync(string key)
    {
        await page.Keyboard.PressAsync(key);
        Stops++;
        var fault = await page.EvaluateAsync<string?>(FaultOfFocus);
        Assert.True(fault is null, $"{page.Url}: {fault}");
    }

    private static Task<string> WhereAsync(ILocator target) => target.EvaluateAsync<string>(
        """
        target => {
          const now = document.activeElement;
          if (now === target) return 'here';
          if (now === document.body) return 'untouched';
          return now.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? 'before' : 'after';
        }
        """);

    private const string FaultOfFocus =
        """
        () => {
          const now = document.activeElement;
          if (now === document.body) return 'the focus is nowhere';
          const name = now.outerHTML.slice(0, 160);
          const outlined = [now, now.closest('label'), now.nextElementSibling].some(one => {
            const style = one && getComputedStyle(one);
            return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          });
          if (!outlined) return 'no outline shows the focus on ' + name;
          const box = now.getClientRects()[0];
          if (!box || box.width === 0 || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth)
            return 'the focus is out of sight on ' + name;
          const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 1), innerWidth - 1);
          const y = Math.min(Math.max((Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2, 1), innerHeight - 1);
          const top = document.elementFromPoint(x, y);
          if (top && top !== now && !now.contains(top) && !top.contains(now) && !top.closest('label')?.contains(now) && top.closest('label')?.control !== now)
            return 'something covers the focus on ' + name + ': ' + top.outerHTML.slice(0, 80);
          return null;
        }
        """;
}
