using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Registry.Data;
using Registry.Features.Requests;
using Registry.History;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>Whoever guesses learns nothing: not from the bytes of the answer, not from its time (S-81).</summary>
[Trait("Kind", "pages")]
[Trait("S", "81")]
public sealed class ToldApartTests
{
    private const int Tries = 300;
    private const string Code = "0000 0000 0000 0000";

    [Fact]
    public async Task A_link_that_is_over_used_or_was_never_made_gives_the_same_bytes_as_does_a_wrong_code_and_a_number_that_nobody_has()
    {
        await using var registry = await ClockedRegistry.OpenAsync(DateTimeOffset.UtcNow);
        var (town, reference, links) = await ArrangeAsync(registry, 2);
        using (var first = registry.Browse()) Assert.Equal(HttpStatusCode.Redirect, (await PressAsync(first, town, links[0])).Status);
        var used = await OpenAndPressAsync(registry, town, links[0]);
        registry.Clock.Now += TimeSpan.FromMinutes(31);
        var (over, never) = (await OpenAndPressAsync(registry, town, links[1]), await OpenAndPressAsync(registry, town, links[1][..^1] + (links[1][^1] == 'A' ? 'B' : 'A')));
        Assert.Equal(never, used);
        Assert.Equal(never, over);
        Assert.Contains("200", never, StringComparison.Ordinal);
        Assert.Equal(await FollowAsync(registry, town, reference), await FollowAsync(registry, town, reference[..^3] + "998"));
    }

    /// <summary>Run by hand: in a suite that works on all cores a time says nothing. The medians of 300 tries each, in turns.</summary>
    [Fact(Explicit = true)]
    public async Task They_cannot_be_told_apart_in_time()
    {
        await using var registry = await ClockedRegistry.OpenAsync(DateTimeOffset.UtcNow);
        var (town, reference, links) = await ArrangeAsync(registry, 1);
        var never = links[0][..^1] + (links[0][^1] == 'A' ? 'B' : 'A');
        registry.Clock.Now += TimeSpan.FromMinutes(31);
        var times = new Dictionary<string, List<double>>();
        for (var i = -20; i < Tries; i++)
        {
            if (i % 8 == 0) registry.Clock.Now += TimeSpan.FromMinutes(16);  // what is counted against one number is forgotten
            var number = string.Create(CultureInfo.InvariantCulture, $"{reference[..^3]}{500 + i + 20}");
            (string Name, Func<Task<TimeSpan>> Try)[] turns =
            [
                ("unknown number", () => FollowTimeAsync(registry, town, number)), ("wrong code", () => FollowTimeAsync(registry, town, reference)),
                ("expired link", () => LinkTimeAsync(registry, town, links[0])), ("link never made", () => LinkTimeAsync(registry, town, never)),
            ];
            for (var turn = 0; turn < turns.Length; turn++)
            {
                var (name, attempt) = turns[(turn + Math.Abs(i)) % turns.Length];
                var taken = await attempt();
                if (i >= 0) (times.TryGetValue(name, out var list) ? list : times[name] = []).Add(taken.TotalMilliseconds);
            }
        }
        var medians = times.ToDictionary(one => one.Key, one => one.Value.Order().ElementAt(one.Value.Count / 2));
        foreach (var (name, median) in medians) TestContext.Current.SendDiagnosticMessage("{0}", string.Create(CultureInfo.InvariantCulture, $"{name}: median {median:F3} ms of {times[name].Count}, 5th to 95th percentile {times[name].Order().ElementAt(Tries / 20):F3} to {times[name].Order().ElementAt(Tries * 19 / 20):F3} ms"));
        Assert.InRange(medians["wrong code"] / medians["unknown number"], 0.9, 1.1);
        Assert.InRange(medians["expired link"] / medians["link never made"], 0.9, 1.1);
    }

    private static async Task<(Town Town, string Reference, IReadOnlyList<string> Links)> ArrangeAsync(ClockedRegistry registry, int links)
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town);
        var id = await Citizen.IdAsync(registry, town, reference);
        var made = new List<string>();
        for (var i = 0; i < links; i++)
            made.Add(await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
            {
                journal.Record(new Event(town.Id, Actions.RequestLinkSent.Code, RightsRequest.ObjectType, id, new EventDetails { Subject = reference }));
                return await new RequestDialogueStore(db, PublishedRecords.Visitor(town), registry.Keys, registry.Clock).IssueAsync(id, LinkPurpose.Enter);
            }));
        return (town, reference, made);
    }

    private static async Task<Answer> PressAsync(Visit visit, Town town, string token)
    {
        var door = Forms.Of(await visit.GetAsync($"/c/{town.Slug}/suivi")).Single();
        return await visit.PostAsync($"/c/{town.Slug}/suivi/lien/{token}", [.. door.Fields.Where(field => field.Name == "__RequestVerificationToken").Select(field => (field.Name, field.Value))]);
    }

    /// <summary>Status, headers and page of both, without what is new in every page.</summary>
    private static async Task<string> OpenAndPressAsync(ClockedRegistry registry, Town town, string token)
    {
        using var visit = registry.Browse();
        return Bare(await visit.GetAsync($"/c/{town.Slug}/suivi/lien/{token}"), token) + Bare(await PressAsync(visit, town, token), token);
    }

    private static async Task<string> FollowAsync(ClockedRegistry registry, Town town, string number)
    {
        using var visit = registry.Browse();
        var door = Forms.Of(await visit.GetAsync($"/c/{town.Slug}/suivi")).Single();
        return Bare(await visit.PostAsync(door.Action, door.With(("Number", number), ("Code", Code))), number);
    }

    private static string Bare(Answer answer, string typed)
    {
        foreach (var fresh in answer.Html.QuerySelectorAll("input[name=__RequestVerificationToken]")) fresh.Remove();
        var headers = answer.Raw.Headers.Concat(answer.Raw.Content.Headers).Where(header => header.Key is not ("Content-Length" or "Set-Cookie" or "Content-Security-Policy")).Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order(StringComparer.Ordinal);
        return $"{(int)answer.Status}\n{string.Join('\n', headers)}\n{answer.Html.Body!.InnerHtml.Replace(typed, "", StringComparison.Ordinal)}";
    }

    private static async Task<TimeSpan> FollowTimeAsync(ClockedRegistry registry, Town town, string number)
    {
        using var visit = registry.Browse();
        var door = Forms.Of(await visit.GetAsync($"/c/{town.Slug}/suivi")).Single();
        var fields = door.With(("Number", number), ("Code", Code));
        var watch = Stopwatch.StartNew();
        var answer = await visit.PostAsync(door.Action, fields);
        watch.Stop();
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        return watch.Elapsed;
    }

    private static async Task<TimeSpan> LinkTimeAsync(ClockedRegistry registry, Town town, string token)
    {
        using var visit = registry.Browse();
        var door = Forms.Of(await visit.GetAsync($"/c/{town.Slug}/suivi")).Single();
        var fields = door.Fields.Where(field => field.Name == "__RequestVerificationToken").Select(field => (field.Name, field.Value)).ToArray();
        var watch = Stopwatch.StartNew();
        var answer = await visit.PostAsync($"/c/{town.Slug}/suivi/lien/{token}", fields);
        watch.Stop();
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return watch.Elapsed;
    }
}
