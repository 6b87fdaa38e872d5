using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Registry.Demo;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Conventions;

/// <summary>Nothing of the four conventions is lost: every leaf of the file changes the text that is kept, and is read on the page.</summary>
public sealed class SeedConventionTests
{
    /// <summary>What the program computes by itself (compared elsewhere), and what the file always leaves empty.</summary>
    private static readonly string[] Computed =
    [
        "billing.workedExample.annualTotal", "billing.workedExample.firstBilledMonth", "billing.workedExample.firstYearMonths", "billing.workedExample.firstYearAmount", "billing.workedExample.rounding",
        "billing.workedExample.amount", ".RATIO_ONLY.", ".EACH_STEP.", "linkedMarch", "annualExample.unitPrice", "annualExample.total",
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_leaf_of_the_file_is_kept(int index)
    {
        var whole = Seeds.Copy(index);
        var (tried, lost) = (0, new List<string>());
        var before = Write(whole);
        foreach (var leaf in Leaves(whole, "").ToList())
        {
            if (Computed.Any(part => leaf.Path.Contains(part, StringComparison.Ordinal))) continue;
            // Where the text has a date of its own, the one invented for the demonstration is the same.
            if (leaf.Path == ".effect.demoDate" && whole["effect"]!["date"] is not null) continue;
            tried++;
            var kept = leaf.Value.DeepClone();
            Put(leaf, Other(kept));
            if (Write(whole) == before) lost.Add(leaf.Path);
            Put(leaf, kept);
        }
        Assert.True(lost.Count == 0, $"Lost on the way:\n{string.Join('\n', lost)}");
        Assert.True(tried > 200, $"{tried} leaves");
        Assert.Equal(before, Write(whole));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_the_file_computed_comes_out_here(int index)
    {
        var (seed, sheet) = (Seeds.All[index], SeedConvention.Read(Seeds.All[index]));
        if (!seed.GetProperty("billing").TryGetProperty("workedExample", out var example)) return;
        if (example.TryGetProperty("annualTotal", out var total))
        {
            var preview = InvoicePreview.Of(sheet.Prices, new DateOnly(2015, 6, 1))!;
            Assert.Equal(total.GetString(), preview.AnnualTotal.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(example.GetProperty("firstYearAmount").GetString(), preview.FirstYearAmount!.Value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal((example.GetProperty("firstBilledMonth").GetString(), example.GetProperty("firstYearMonths").GetInt32()), ($"{preview.Start!.FirstMonth:yyyy-MM}", preview.Start.MonthsInYear));
            Assert.Empty(preview.WithoutTariff);
        }
        else Assert.Equal(decimal.Parse(example.GetProperty("amount").GetString()!, System.Globalization.CultureInfo.InvariantCulture), Amounts.Read(sheet.Prices.WorkedDays) * Amounts.Read(sheet.Prices.WorkedRate));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_forms_accept_every_text_of_the_file(int index)
    {
        var sheet = SeedConvention.Read(Seeds.All[index]);
        foreach (var section in ConventionSections.All)
        {
            var errors = SheetText.Clean(section.Get(sheet));
            Assert.True(errors.Count == 0, $"{section.Key}: {string.Join(", ", errors.Select(error => $"{error.Path} {error.Message}"))}");
            Assert.Empty(ConventionRules.Faults(section.Get(sheet)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Tariffs_and_their_revision_are_told_in_French_without_codes(int index)
    {
        var sheet = SeedConvention.Read(Seeds.All[index]);
        var units = sheet.Prices.Tariffs.Select(row => row.Unit!).ToList();
        Assert.DoesNotContain(units, unit => unit.Contains("year", StringComparison.Ordinal) || unit is "day" or "act" or "included");
        Assert.DoesNotContain("_", sheet.Revision.Interpretation ?? "");
    }

    /// <summary>A value that differs and still reads: another code of the same kind, another day, another number.</summary>
    private static JsonValue Other(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => JsonValue.Create(false),
        JsonValueKind.False => JsonValue.Create(true),
        JsonValueKind.Number => JsonValue.Create(value.GetValue<int>() + 1),
        _ when DateOnly.TryParseExact(value.GetValue<string>(), "yyyy-MM-dd", out var day) => JsonValue.Create(day.AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(value.GetValue<string>() + "x"),
    };

    private static string Write(JsonNode seed)
    {
        using var document = JsonDocument.Parse(seed.ToJsonString());
        return SheetJson.WritePart(SeedConvention.Read(document.RootElement));
    }

    internal static IEnumerable<(JsonNode Parent, object Key, string Path, JsonNode Value)> Leaves(JsonNode node, string path)
    {
        if (node is JsonObject map)
        {
            foreach (var (name, value) in map.ToList())
                foreach (var leaf in Inner(node, name, $"{path}.{name}", value)) yield return leaf;
        }
        else if (node is JsonArray list)
        {
            for (var index = 0; index < list.Count; index++)
                foreach (var leaf in Inner(node, index, $"{path}[{index}]", list[index])) yield return leaf;
        }

        static IEnumerable<(JsonNode, object, string, JsonNode)> Inner(JsonNode parent, object key, string path, JsonNode? value) =>
            value is null ? [] : value is JsonValue ? [(parent, key, path, value)] : Leaves(value, path);
    }

    private static void Put((JsonNode Parent, object Key, string Path, JsonNode Value) leaf, JsonNode value)
    {
        if (leaf.Key is string name) leaf.Parent[name] = value;
        else leaf.Parent[(int)leaf.Key] = value;
    }
}

/// <summary>The same on the pages: every text, code, number and day of the file can be read there.</summary>
[Trait("Kind", "pages")]
public sealed class SeedPagesTests(RegistryFixture registry)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_pages_show_the_file_field_by_field(int index)
    {
        var town = await Town.FoundAsync(registry);
        var seed = SeedConvention.Read(Seeds.All[index]);
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, seed.Subject.Title!, status: "DRAFT", change: sheet =>
        {
            foreach (var section in ConventionSections.All) section.Set(sheet, section.Get(seed));
        });
        using var officer = await town.EnterAsync("DPO");
        var at = $"{town.Home}/conventions/{reference}";
        var shown = "";
        foreach (var path in new[] { at + "/texte", at + "/prix", at + "/obligations", at + "/reunions", at }) shown += " " + Plain((await officer.GetAsync(path)).Html.QuerySelector("main")!.TextContent);
        var missing = new List<string>();
        foreach (var leaf in SeedConventionTests.Leaves(Seeds.Copy(index), ""))
        {
            if (leaf.Path is ".billing.workedExample.rounding" || leaf.Path.EndsWith("linkedMarch", StringComparison.Ordinal) || leaf.Path.EndsWith("firstBilledMonth", StringComparison.Ordinal) || leaf.Path.EndsWith("firstYearMonths", StringComparison.Ordinal)) continue;
            if (!Readings(leaf.Value, leaf.Path).Any(text => shown.Contains(Plain(text), StringComparison.OrdinalIgnoreCase))) missing.Add($"{leaf.Path} = {leaf.Value}");
        }
        Assert.True(missing.Count == 0, $"Not on the pages:\n{string.Join('\n', missing)}");
    }

    /// <summary>How a value may stand on a page: as it is, as the label of its code, as an amount, as a day.</summary>
    private static IEnumerable<string> Readings(JsonNode leaf, string path)
    {
        if (path.EndsWith(".unit", StringComparison.Ordinal)) yield return SeedConvention.Unit(leaf.GetValue<string>())!;
        if (path == ".priceRevision.interpretation.fr") yield return SeedConvention.Reading(leaf.GetValue<string>())!;
        if (leaf.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            yield return leaf.GetValue<bool>() ? "Oui" : "Non";
            yield break;
        }
        var text = leaf.ToString();
        yield return text;
        foreach (var enumeration in Vocabulary.Current.Enumerations)
            if (Vocabulary.Current.Find(enumeration, text) is { } term) yield return term.French;
        if (Amounts.Read(text) is { } number)
        {
            yield return Amounts.Show(number);
            for (var decimals = 0; decimals <= 6; decimals++) yield return Amounts.Show(number, decimals);
        }
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day)) yield return Dates.Full(day);
        // What is counted in periods is read in words; its own file says which.
        if (path.Contains("periodicity", StringComparison.Ordinal) && Period.Parse(text) is { } period) yield return period.InFrench();
    }

    /// <summary>Without what typography and layout add.</summary>
    private static string Plain(string text) => string.Join(' ', text.Replace('\u00A0', ' ').Replace('\u202F', ' ').Replace('’', '\'').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
