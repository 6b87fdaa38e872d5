using System.Net;
using Dapper;
using Registry.Features.Records;
using Registry.Features.Reviews;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Reviews;

/// <summary>What the yearly review asks about, and what it leaves alone.</summary>
public sealed class ReviewLineTests
{
    private static readonly DateOnly Today = new(2026, 6, 11);
    private static readonly DateTimeOffset Last = new(2025, 6, 1, 10, 0, 0, TimeSpan.Zero);

    private static ReviewLine Quiet => new()
    {
        Id = Guid.Empty, Number = 1, Title = "État civil", Status = "PUBLISHED", Completeness = 100, PublishedVersion = 1,
        PublishedAt = Last.AddMonths(-1), NextReviewOn = Today.AddDays(31),
    };

    [Fact]
    public void A_complete_sheet_that_neither_changed_nor_expires_is_not_asked_about()
    {
        Assert.False(Quiet.ToLookAt(Today, Last));
        Assert.False(Quiet.ToLookAt(Today, null));  // before the first review nothing is newer than anything
    }

    [Fact]
    public void A_sheet_is_asked_about_when_it_expires_changed_lacks_something_or_is_being_revised()
    {
        Assert.True((Quiet with { NextReviewOn = Today.AddDays(30) }).ToLookAt(Today, Last));
        Assert.True((Quiet with { NextReviewOn = null }).ToLookAt(Today, Last));
        Assert.True((Quiet with { PublishedAt = Last.AddDays(1) }).ToLookAt(Today, Last));
        Assert.True((Quiet with { Completeness = 95 }).ToLookAt(Today, Last));
        Assert.True((Quiet with { Status = "IN_REVISION" }).ToLookAt(Today, Last));
    }

    [Fact]
    public void What_was_confirmed_in_this_review_is_not_asked_again_but_what_it_lacks_stays_open()
    {
        var confirmed = Quiet with { PublishedAt = Last.AddDays(1), Completeness = 95, ConfirmedAt = Last.AddDays(2), ConfirmedBy = "Anne" };
        Assert.False(confirmed.ToLookAt(Today, Last));
        Assert.True((confirmed with { ConfirmedAt = Last.AddHours(1) }).ToLookAt(Today, Last));  // before that version
        var said = ReviewContent.Of([confirmed, Quiet, Quiet with { Status = "DRAFT", PublishedVersion = null, PublishedAt = null }], Today, Last);
        Assert.Equal(2, said.InForce);
        Assert.Equal(["Anne"], said.Confirmed.Select(line => line.By));
        Assert.Equal([(true, (int?)95), (false, null)], said.Open.Select(line => (line.InForce, line.Percent)));
        Assert.Equal(said.Write(), ReviewContent.Read(said.Write()).Write());
    }
}

[Trait("Kind", "pages")]
public sealed class ReviewPagesTests(RegistryFixture registry)
{
    [Fact]
    [Trait("S", "92")]
    public async Task A_review_confirms_one_by_one_or_all_at_once_and_ends_with_a_dated_statement()
    {
        var town = await Town.FoundAsync(registry);
        var references = new List<string>();
        for (var i = 0; i < 4; i++) references.Add(await town.AddPublishedRecordAsync(registry));
        await ExpireAsync(town, [.. references.Take(3)]);
        await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.Contains("Faire la revue en dix minutes", (await correspondent.GetAsync(town.Home)).Text);

        var page = await correspondent.GetAsync(town.Home + "/revue");
        Assert.Equal(3, page.Html.QuerySelectorAll("main tbody tr").Length);
        Assert.Contains("Fiches à regarder : 3, sur 4 en vigueur", page.Text.Replace('\u00a0', ' '));
        var first = page.Html.QuerySelector("main tbody tr form button")!;
        var one = await correspondent.PressAsync(page, first.TextContent.Trim());
        Assert.True(one.Status == HttpStatusCode.Redirect, one.ToString());
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from app.processing_record where organisation_id = @Id and next_review_on between current_date + 364 and current_date + 367 and confirmed_by is not null", new { town.Id }));
        var rest = await correspondent.GetAsync(town.Home + "/revue");
        Assert.Equal(2, rest.Html.QuerySelectorAll("main tbody tr").Length);
        await correspondent.PressAsync(rest, "Rien de nouveau pour les 2 fiches ci-dessous");
        var empty = await correspondent.GetAsync(town.Home + "/revue");
        Assert.Contains("Rien à regarder", empty.Text);
        Assert.Equal(3, await EventsAsync(connection, town, "RECORD_CONFIRMED"));

        var ended = await correspondent.PressAsync(empty, "Terminer la revue");
        Assert.Equal(town.Home + "/revue/1", ended.Location);
        Assert.Equal(ended.Location, (await correspondent.PressAsync(empty, "Terminer la revue")).Location);  // sent twice
        Assert.Equal(1, await EventsAsync(connection, town, "REVIEW_STATED"));
        var statement = await correspondent.GetAsync(ended.Location!);
        foreach (var reference in references.Take(3)) Assert.Contains(reference, statement.Html.QuerySelector("table")!.TextContent);
        Assert.DoesNotContain(references[3], statement.Html.QuerySelector("table")!.TextContent);
        Assert.Contains("T-0005", statement.Text);  // the draft stays open
        Assert.DoesNotContain("Faire la revue", (await correspondent.GetAsync(town.Home)).Text);

        // Frozen: what changes afterwards does not change what was said, not even for a hand in the database.
        await connection.ExecuteAsync("set role app_web");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync("update app.review_statement set made_by = 'x'"));
    }

    [Fact]
    [Trait("S", "90")]
    public async Task Nobody_confirms_a_version_she_was_not_shown()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry);
        await ExpireAsync(town, reference);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync(town.Home + "/revue");
        await town.PublishAsync(registry, reference, change: sheet => sheet.Purposes.Purpose = "Un autre texte");
        await ExpireAsync(town, reference);
        var form = Forms.Of(page).First(one => one.Fields.Any(field => field.Name == "seen"));
        var refused = await correspondent.PostAsync(form.Action, form.With());
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Rien n’a été confirmé", refused.Text);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(0, await EventsAsync(connection, town, "RECORD_CONFIRMED"));
    }

    [Fact]
    public async Task The_officer_sees_on_her_day_where_a_review_is_due_and_a_reader_sees_the_statement_without_the_drafts()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry);
        await town.AddRecordAsync(change: sheet => sheet.Identification.Title = "Brouillon secret " + town.Id);
        await ExpireAsync(town, reference);
        using var officer = await town.EnterAsync("DPO");
        using var auditor = await town.EnterAsync("AUDITOR");
        Assert.Contains($"{town.Home}/revue", (await officer.GetAsync("/")).Html.QuerySelector("#revues")!.InnerHtml);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync(town.Home + "/revue")).Status);
        await officer.PressAsync(await officer.GetAsync(town.Home + "/revue"), "Terminer la revue");
        Assert.Contains("Brouillon secret", (await officer.GetAsync(town.Home + "/revue/1")).Text);
        var read = await auditor.GetAsync(town.Home + "/revue/1");
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.DoesNotContain("Brouillon secret", read.Text);
        Assert.Contains("non nommées ici : 1", read.Text.Replace('\u00a0', ' '));
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.GetAsync(town.Home + "/revue/2")).Status);
    }

    private async Task ExpireAsync(Town town, params string[] references)
    {
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync(
            "set session_replication_role = replica; update app.processing_record set next_review_on = current_date - 3 where organisation_id = @Id and number = any(@numbers); set session_replication_role = default",
            new { town.Id, numbers = references.Select(reference => ProcessingRecord.NumberOf(reference)!.Value).ToArray() });
    }

    private static async Task<int> EventsAsync(Npgsql.NpgsqlConnection connection, Town town, string action) =>
        await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = @action", new { town.Id, action });
}
