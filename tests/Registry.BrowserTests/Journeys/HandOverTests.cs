using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Registry.BrowserTests.Support;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>The authority asks for the register of a day: the officer prepares the file, downloads it, and the history says so.</summary>
[Trait("S", "110")]
public sealed class HandOverTests(Chromium chromium, DemoHouse house) : BrowserTest(chromium)
{
    private static readonly DateTimeOffset March = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero), June = new(2026, 6, 10, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("S", "111")]
    public async Task The_register_is_handed_over_with_its_proof_with_the_keyboard_alone_each_page_inspected()
    {
        var window = await OpenWindowAsync(house);
        await TellAsync(window, new Keyboard(window.Page), inspect: true);
    }

    [Fact]
    [Trait("S", "113")]
    public async Task The_same_without_script_on_a_narrow_screen()
    {
        var window = await OpenWindowAsync(house, script: false, width: 320);
        await TellAsync(window, new Mouse(), inspect: false);
    }

    private async Task TellAsync(Window window, IHands hands, bool inspect)
    {
        var page = window.Page;
        var town = await Town.FoundAsync(house);
        var reference = await town.AddPublishedRecordAsync(house, March, sheet => sheet.Identification.Title = "Titre de mars");
        await town.PublishAsync(house, reference, June, sheet => sheet.Identification.Title = "Titre de juin");
        var list = town.Home + "/mises-a-disposition";

        await window.EnterAsync(await house.AdmitAsync(town, "DPO"), hands);
        await window.OpenAsync(town.Home + "/traitements");
        await hands.PressAsync(page.Locator("main .head a[href*='/traitements/exporter']"));
        await hands.PressAsync(page.Locator($"main a[href='{list}']"));
        await InspectAsync("Mises à disposition d’une autorité");
        await hands.PressAsync(page.Locator($"main .head a[href='{list}/nouvelle']"));
        await InspectAsync("Mettre le registre à disposition");
        await hands.WriteAsync(page.Locator("[name='Form.AsOf.Day']"), "15");
        await hands.WriteAsync(page.Locator("[name='Form.AsOf.Month']"), "4");
        await hands.WriteAsync(page.Locator("[name='Form.AsOf.Year']"), "2026");
        await hands.PressAsync(page.Locator("main .form-acts button.main"));
        await Expect(page.Locator("#error-summary")).ToContainTextAsync("Indiquez l’autorité qui demande le registre.");
        await InspectAsync("Mettre le registre à disposition");
        await hands.WriteAsync(page.Locator("[name='Form.Authority']"), "CNIL, service des contrôles");
        await hands.WriteAsync(page.Locator("[name='Form.Reason']"), "Contrôle sur pièces");
        await hands.PressAsync(page.Locator("main .form-acts button.main"));
        await Expect(page.Locator(".flash-done")).ToContainTextAsync("Le dossier est prêt");
        await Expect(page.Locator("main tbody tr")).ToContainTextAsync("15 avril 2026");
        await InspectAsync("Mises à disposition d’une autorité");
        await hands.PressAsync(page.Locator("main tbody a[href$='/dossier']"));
        await InspectAsync("Télécharger le dossier");
        var file = await page.RunAndWaitForDownloadAsync(() => hands.PressAsync(page.Locator("main form.box button.main")));
        var archive = await File.ReadAllBytesAsync((await file.PathAsync())!, TestContext.Current.CancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(archive));
        await Expect(page.Locator("main form.box")).ToContainTextAsync(hash);
        ExpectRegisterVersionsAndProof(archive, reference);

        await window.OpenAsync(town.Home + "/journal");
        foreach (var words in new[] { "Registre mis à la disposition d’une autorité", "CNIL, service des contrôles", "Dossier de mise à disposition téléchargé", hash })
            await Expect(page.Locator("main")).ToContainTextAsync(words);
        await InspectAsync("Journal");
        window.ExpectNoComplaint();

        async Task InspectAsync(string heading)
        {
            await Expect(page.Locator("h1")).ToHaveTextAsync(heading);
            if (inspect) await window.InspectAsync(heading);
        }
    }

    private static void ExpectRegisterVersionsAndProof(byte[] archive, string reference)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        var sums = Text("SHA256SUMS").TrimEnd('\n').Split('\n').ToDictionary(line => line[66..], line => line[..64]);
        Assert.Equal(["LISEZ-MOI.txt", "VERIFICATION.json", "historique/lignes.jsonl", "registre.html", "registre.json", "registre.xlsx", $"versions/{reference}-v1.json"], sums.Keys.Order(StringComparer.Ordinal));
        foreach (var (part, sum) in sums)
        {
            using var stream = zip.GetEntry(part)!.Open();
            Assert.Equal(sum, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        Assert.Contains("Titre de mars", Text("registre.html"));
        Assert.DoesNotContain("Titre de juin", Text("registre.html"));
        Assert.Contains("Titre de mars", Text($"versions/{reference}-v1.json"));
        Assert.Contains(sums[$"versions/{reference}-v1.json"], Text("historique/lignes.jsonl"));
        using var verification = JsonDocument.Parse(Text("VERIFICATION.json"));
        Assert.Equal("INTACT", verification.RootElement.GetProperty("result").GetString());

        string Text(string part)
        {
            using var reader = new StreamReader(zip.GetEntry(part)!.Open());
            return reader.ReadToEnd();
        }
    }
}
