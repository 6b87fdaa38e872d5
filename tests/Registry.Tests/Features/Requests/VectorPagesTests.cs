using System.Globalization;
using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Data;
using Registry.Features.Requests;
using Registry.Tests.Deadlines;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>The examples of deadlines computed apart from this code, each lived through on the pages with the clock of its days; what the file shows is what the example expects.</summary>
[Trait("Kind", "pages")]
public sealed class VectorPagesTests
{
    private static readonly string[] Months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] Numbers = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"];

    [Fact]
    public async Task Each_example_of_a_request_s_deadline_shows_its_dates_on_the_page_of_the_file()
    {
        await using var registry = await ClockedRegistry.OpenAsync(DateTimeOffset.UtcNow);
        var faults = new List<string>();
        var vectors = TimeLimitVectors.Where(vector => vector.GetProperty("family").GetString()!.StartsWith("RIGHTS_", StringComparison.Ordinal)).ToList();
        foreach (var vector in vectors) faults.AddRange((await LiveAsync(registry, vector)).Select(fault => $"{vector.GetProperty("id").GetString()}: {fault}"));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(vectors.Count >= 26, $"{vectors.Count} examples");
    }

    [Fact]
    public async Task Each_example_of_an_erasure_shows_its_date_on_the_page_of_the_file()
    {
        await using var registry = await ClockedRegistry.OpenAsync(DateTimeOffset.UtcNow);
        var tried = 0;
        foreach (var vector in TimeLimitVectors.Where(vector => vector.GetProperty("family").GetString() == "PURGE"))
        {
            var (input, expected) = (vector.GetProperty("input"), TimeLimitVectors.Date(vector.GetProperty("expected").GetProperty("purgeOn")));
            if (Day(input, "closedOn") is { } closedOn)
            {
                var town = await TownAsync(registry, "METRO");
                var home = await EnterAsync(registry, town, closedOn.AddDays(-1));
                await AtAsync(registry, town, closedOn, "CORRESPONDENT", visit => Citizen.ActAsync(visit, home, "retirer", ("Form.Reason", "Elle l’a écrit.")));
                await AtAsync(registry, town, closedOn, "CORRESPONDENT", visit => Citizen.ActAsync(visit, home, "clore"));
                await AtAsync(registry, town, closedOn, "CORRESPONDENT", async visit => Assert.Contains(French(expected), Plain(await visit.GetAsync(home), ".lead"), StringComparison.Ordinal));
            }
            else if (Day(input, "answerSentOn") is { } sentOn)
            {
                var town = await TownAsync(registry, "METRO");
                var home = await EnterAsync(registry, town, sentOn.AddDays(-3));
                await AtAsync(registry, town, sentOn, "CORRESPONDENT", async visit =>
                {
                    await Citizen.ActAsync(visit, home, "accuser-reception");
                    await Citizen.ActAsync(visit, home, "instruire", ("Form.Method", "FILE_MATCH"));
                    var form = Forms.Of(await visit.GetAsync(home + "/pieces")).Single(one => !one.Action.Contains("Remove", StringComparison.Ordinal));
                    Assert.Equal(HttpStatusCode.Redirect, (await visit.UploadAsync(form, "Files", ("copie.pdf", Papers.Pdf()))).Status);
                    await Citizen.ActAsync(visit, home, "reponse-prete", ("Form.Outcome", "FULL"), ("Form.Reason", "Voici."), ("Form.Masked", "true"));
                });
                await using var connection = await registry.SuperuserAsync();
                Assert.True(await TownFile.JudgeAsync(registry, town, await connection.QuerySingleAsync<Guid>("select id from app.request_file where organisation_id = @Id", new { town.Id }), RequestFileState.Clean));
                await AtAsync(registry, town, sentOn, "LEGAL_REPRESENTATIVE", visit => Citizen.ActAsync(visit, home, "repondre", ("Form.Channel", "POST"), ("Form.Recipient", "true")));
                await AtAsync(registry, town, sentOn, "CORRESPONDENT", async visit => Assert.Contains(French(expected), Plain(await visit.GetAsync(home), "#pieces"), StringComparison.Ordinal));
            }
            else
            {
                continue;  // the security log has no page: TimeLimitVectorTests keeps its examples
            }
            tried++;
        }
        Assert.True(tried >= 2, $"{tried} examples");
    }

    private static async Task<IReadOnlyList<string>> LiveAsync(ClockedRegistry registry, JsonElement vector)
    {
        var (input, expected) = (vector.GetProperty("input"), vector.GetProperty("expected"));
        var town = await TownAsync(registry, input.GetProperty("territory").GetString()!);
        var deposited = input.TryGetProperty("receivedAt", out var at) ? at.GetDateTimeOffset() : (DateTimeOffset?)null;
        var home = deposited is { } instant ? await DepositAsync(registry, town, instant) : await EnterAsync(registry, town, Day(input, "receivedOn")!.Value);

        var acts = new List<(DateOnly On, string Kind, string Act, (string, string)[] Fields)>();
        if (input.TryGetProperty("suspensions", out var suspensions))
            foreach (var one in suspensions.EnumerateArray())
            {
                acts.Add((Day(one, "requestedOn")!.Value, "CORRESPONDENT", "demander-l-identite", [("Form.Reason", "Deux personnes portent ce nom.")]));
                if (Day(one, "suppliedOn") is { } supplied) acts.Add((supplied, "CORRESPONDENT", "reprendre", [("Form.Method", "ID_COPY")]));
            }
        if (Day(input, "extensionNoticeSentOn") is { } sentOn) acts.Add((sentOn, "LEGAL_REPRESENTATIVE", "prolonger", [("Form.Extension", "COMPLEXITY"), ("Form.Reason", "Les archives sont sur papier.")]));
        var accepted = !expected.TryGetProperty("extensionAccepted", out var answer) || answer.GetBoolean();
        foreach (var (on, kind, act, fields) in acts.OrderBy(one => one.On))
            await AtAsync(registry, town, on, kind, async visit =>
            {
                if (act != "prolonger" || accepted) await Citizen.ActAsync(visit, home, act, fields);
                else Assert.DoesNotContain(Forms.Of(await visit.GetAsync($"{home}/actes/{act}")), form => form.Action.EndsWith(act, StringComparison.Ordinal));
            });

        var faults = new List<string>();
        var last = acts.Count > 0 ? acts.Max(one => one.On) : Day(input, "receivedOn") ?? DateOnly.FromDateTime(deposited!.Value.UtcDateTime).AddDays(1);
        await AtAsync(registry, town, last, "CORRESPONDENT", async visit =>
        {
            var page = await visit.GetAsync(home);
            var (due, why, head) = (Plain(page, ".lead strong"), Plain(page, ".lead .why"), Plain(page, ".head"));
            if (due != French(Day(expected, "dueDate")!.Value)) faults.Add($"due: {due}");
            if (!why.Contains(French(Day(expected, "nominalDate")!.Value), StringComparison.Ordinal)) faults.Add($"nominal: {why}");
            if (expected.TryGetProperty("rolled", out var rolled) && rolled.GetBoolean() && !why.Contains(French(Day(expected, "dueDate")!.Value), StringComparison.Ordinal)) faults.Add($"rolled: {why}");
            if (Day(expected, "firstDueDate") is { } first && !why.Contains(French(first), StringComparison.Ordinal)) faults.Add($"first: {why}");
            if (Day(expected, "receivedOn") is { } received && !head.Contains("reçue le " + French(received), StringComparison.Ordinal)) faults.Add($"received: {head}");
            if (expected.TryGetProperty("suspensionDays", out var days) && !why.Contains($"suspendu {(days.GetInt32() < Numbers.Length ? Numbers[days.GetInt32()] : $"{days.GetInt32()}")} jour", StringComparison.Ordinal)) faults.Add($"suspended: {why}");
        });
        await using var connection = await registry.SuperuserAsync();
        var ends = await connection.QuerySingleAsync<DateTime>("select expires_at from app.rights_request where organisation_id = @Id", new { town.Id });
        if (expected.TryGetProperty("expiresAtExclusive", out var expires) && expires.GetDateTimeOffset().UtcDateTime != ends.ToUniversalTime()) faults.Add($"expires: {ends:O}");
        return faults;
    }

    private static async Task<Town> TownAsync(ClockedRegistry registry, string territory)
    {
        var town = await Town.FoundAsync(registry);
        var (code, friday) = territory == "ALSACE_MOSELLE_NO_GF" ? ("ALSACE_MOSELLE", false) : (territory, territory == "ALSACE_MOSELLE");
        await registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            await (await db.OpenAsync()).ExecuteAsync("update organisation set territory = @code, time_zone = @zone, good_friday_observed = @friday where id = @Id",
                new { town.Id, code, friday, zone = Registry.Deadlines.HolidayCalendar.For(code).TimeZone.Id });
            journal.Record(new Registry.History.Event(town.Id, "TEST", "ORGANISATION", town.Id, new Registry.History.EventDetails()));
            return 0;
        });
        return town;
    }

    private static async Task<string> EnterAsync(ClockedRegistry registry, Town town, DateOnly receivedOn)
    {
        var home = "";
        await AtAsync(registry, town, receivedOn, "CORRESPONDENT", async visit =>
        {
            var form = Forms.Of(await visit.GetAsync($"{town.Home}/demandes/nouvelle")).Single();
            var added = await visit.PostAsync(form.Action, form.With(
                ("Form.Channel", "POST"), ("Form.Rights", "ACCESS"), ("Form.Text", "Une copie."), ("Form.LastName", "Personne"), ("Form.Post", "1 rue Haute"), ("Form.Capacity", "SELF"),
                ("Form.ReceivedOn.Day", $"{receivedOn.Day}"), ("Form.ReceivedOn.Month", $"{receivedOn.Month}"), ("Form.ReceivedOn.Year", $"{receivedOn.Year}")));
            Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
            home = added.Location!;
        });
        return home;
    }

    private static async Task<string> DepositAsync(ClockedRegistry registry, Town town, DateTimeOffset at)
    {
        registry.Clock.Now = at.AddSeconds(-30);
        using var citizen = registry.Browse();
        var page = await citizen.GetAsync($"/c/{town.Slug}/demande");
        foreach (var fields in new (string, string)[][] { [("Form.Wishes", "ACCESS")], [("Form.Text", "Une copie.")], [("Form.Capacity", "SELF")], [("Form.LastName", "Personne"), ("Form.Email", "personne@exemple.example")] })
            page = await citizen.PostAsync(Forms.Of(page).Single().Action, Forms.Of(page).Single().With([.. fields, ("go", "next")]));
        registry.Clock.Now = at;
        var sent = await citizen.PostAsync(Forms.Of(page).Single().Action, Forms.Of(page).Single().With(("go", "send")));
        return $"{town.Home}/demandes/{sent.Html.QuerySelector("main .box strong")!.TextContent.Trim()}";
    }

    private static async Task AtAsync(ClockedRegistry registry, Town town, DateOnly on, string kind, Func<Visit, Task> act)
    {
        registry.Clock.Now = ClockedRegistry.Noon(on);
        using var visit = await town.EnterAsync(kind);
        await act(visit);
    }

    private static DateOnly? Day(JsonElement where, string name) => where.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? TimeLimitVectors.Date(value) : null;

    private static string French(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{(day.Day == 1 ? "1er" : day.Day)} {Months[day.Month - 1]} {day.Year}");

    private static string Plain(Answer page, string part) =>
        string.Join(' ', (page.Html.QuerySelector(part)?.TextContent ?? page.ToString()).Replace('\u00A0', ' ').Replace('\u202F', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
