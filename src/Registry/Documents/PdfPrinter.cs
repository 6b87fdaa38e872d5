using System.Text.Json.Nodes;

namespace Registry.Documents;

/// <summary>No browser, or none that answers: the page still prints.</summary>
public sealed class PdfUnavailableException(string message) : Exception(message);

/// <summary>
/// PDF by one resident Chromium: tagged, with its outline, language and title. It is given the page as a text and can load nothing: its names lead nowhere, its scripts are off. Started when it is first
/// needed, again when it died, and now and then so that it does not grow. Its one page stays: a process for each print would cost more than a letter does.
/// </summary>
public sealed class PdfPrinter(string? program, ILogger<PdfPrinter> log) : IAsyncDisposable
{
    /// <summary>Message keys: the page translates them.</summary>
    public const string NoBrowser = "Aucun navigateur Chromium n’est installé sur le serveur : imprimez la page, ou téléchargez le document en DOCX.";
    public const string NotMade = "Le PDF n’a pas pu être fabriqué : réessayez, imprimez la page ou téléchargez le document en DOCX.";
    public const string TooHeavy = "Le PDF serait trop lourd.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [NoBrowser, NotMade, TooHeavy];

    private const int MostPrints = 500;
    private const int MostMegabytes = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] KnownNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private readonly string? _program = Find(program);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ChromiumPipe? _browser;
    private (string Session, string Frame) _page;
    private bool _sandboxed = !Environment.IsPrivilegedProcess;
    private int _prints;

    public bool IsThere => _program is not null;

    /// <summary>The process that prints, once there is one.</summary>
    internal int? BrowserId => _browser?.ProcessId;

    /// <summary>The file that the operator names, or the first of the usual names on the path; null when there is none.</summary>
    public static string? Find(string? named)
    {
        if (!string.IsNullOrWhiteSpace(named)) return File.Exists(named) ? named : OnPath(named);
        return KnownNames.Select(OnPath).FirstOrDefault(found => found is not null);
    }

    private static string? OnPath(string name) => name.Contains('/', StringComparison.Ordinal) ? null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public async Task<byte[]> PrintAsync(DocumentText document, CancellationToken stop = default)
    {
        if (_program is null) throw new PdfUnavailableException(NoBrowser);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var (page, footer) = (HtmlDocument.Page(document), HtmlDocument.Footer(document));
        // One at a time: a print is a fraction of a second of one core, and two at once would only both be late.
        await _turn.WaitAsync(patience.Token);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await PrintAsync(await BrowserAsync(patience.Token), page, footer, patience.Token);
                }
                catch (Exception broken) when (broken is IOException or OperationCanceledException && !stop.IsCancellationRequested)
                {
                    await DropAsync();
                    if (attempt < 2 && !patience.IsCancellationRequested) continue;
                    log.LogError(broken, "Chromium did not print.");
                    throw new PdfUnavailableException(NotMade);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<ChromiumPipe> BrowserAsync(CancellationToken stop)
    {
        if (_browser is { IsAlive: true } && _prints < MostPrints) return _browser;
        await DropAsync();
        try
        {
            _browser = await ChromiumPipe.StartAsync(_program!, _sandboxed, stop);
        }
        catch (IOException) when (_sandboxed)
        {
            // Containers often forbid the sandbox. What it prints is ours, letter by letter encoded, without script and without network.
            log.LogWarning("Chromium does not start in its sandbox here; it is started without.");
            _sandboxed = false;
            _browser = await ChromiumPipe.StartAsync(_program!, sandboxed: false, stop);
        }
        _page = await OpenPageAsync(_browser, stop);
        return _browser;
    }

    private static async Task<(string Session, string Frame)> OpenPageAsync(ChromiumPipe browser, CancellationToken stop)
    {
        var target = (await browser.AskAsync("Target.createTarget", new() { ["url"] = "about:blank" }, null, stop))["targetId"]!.GetValue<string>();
        var session = (await browser.AskAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }, null, stop))["sessionId"]!.GetValue<string>();
        await browser.AskAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = true }, session, stop);
        await browser.AskAsync("Network.enable", null, session, stop);
        await browser.AskAsync("Network.setBlockedURLs", new() { ["urls"] = new JsonArray("*") }, session, stop);
        return (session, (await browser.AskAsync("Page.getFrameTree", null, session, stop))["frameTree"]!["frame"]!["id"]!.GetValue<string>());
    }

    private async Task<byte[]> PrintAsync(ChromiumPipe browser, string page, string footer, CancellationToken stop)
    {
        _prints++;
        var (session, frame) = _page;
        try
        {
            await browser.AskAsync("Page.setDocumentContent", new() { ["frameId"] = frame, ["html"] = page }, session, stop);
            var printed = await browser.AskAsync("Page.printToPDF", new()
            {
                ["paperWidth"] = 8.27, ["paperHeight"] = 11.69, ["marginTop"] = 0.63, ["marginBottom"] = 0.75, ["marginLeft"] = 0.71, ["marginRight"] = 0.71, ["printBackground"] = true,
                ["displayHeaderFooter"] = true, ["headerTemplate"] = "<span></span>", ["footerTemplate"] = footer, ["generateTaggedPDF"] = true, ["generateDocumentOutline"] = true,
            }, session, stop);
            var data = printed["data"]!.GetValue<string>();
            if (data.Length > MostMegabytes * 1024 * 1024) throw new PdfUnavailableException(TooHeavy);
            return Convert.FromBase64String(data);
        }
        finally
        {
            // Nothing of a document stays in the page that waits for the next one.
            if (browser.IsAlive && !stop.IsCancellationRequested) await browser.AskAsync("Page.setDocumentContent", new() { ["frameId"] = frame, ["html"] = "" }, session, stop);
        }
    }

    private async Task DropAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        (_browser, _prints) = (null, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await DropAsync();
        _turn.Dispose();
    }
}
